-- What an interpreter that cannot unwind does with a caught error: it keeps what was printed and stops.

print("before")
print(pcall(error, "cannot be caught"))
print("after")
