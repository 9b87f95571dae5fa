# What a function returns, and a function called by hand.
# programs: c-as-written c-as-written/O0
break combine
run
finish
#> Value returned is …120
delete
print combine(1, 2, 3.0)
#> = 112
