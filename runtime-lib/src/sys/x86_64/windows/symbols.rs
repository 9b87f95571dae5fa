//! The functions that rustc's code calls by the names of a C library, as this system passes arguments.

use core::arch::naked_asm;

/// Copies `length` bytes between ranges that do not overlap.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!(
        "mov rax, rcx",
        "mov r9, rdi",
        "mov r10, rsi",
        "mov rdi, rcx",
        "mov rsi, rdx",
        "mov rcx, r8",
        "rep movsb",
        "mov rdi, r9",
        "mov rsi, r10",
        "ret",
    )
}

/// Copies `length` bytes between ranges that may overlap.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!(
        "mov rax, rcx",
        "sub rax, rdx",
        "cmp rax, r8",
        "jae {memcpy}",
        // The target begins inside the source: backwards.
        "mov rax, rcx",
        "mov r9, rdi",
        "mov r10, rsi",
        "lea rdi, [rcx + r8 - 1]",
        "lea rsi, [rdx + r8 - 1]",
        "mov rcx, r8",
        "std",
        "rep movsb",
        "cld",
        "mov rdi, r9",
        "mov rsi, r10",
        "ret",
        memcpy = sym memcpy,
    )
}

/// Sets `length` bytes to the low byte of `value`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(target: *mut u8, value: i32, length: usize) -> *mut u8 {
    naked_asm!(
        "mov r9, rdi",
        "mov r10, rcx",
        "mov rdi, rcx",
        "mov eax, edx",
        "mov rcx, r8",
        "rep stosb",
        "mov rax, r10",
        "mov rdi, r9",
        "ret",
    )
}

/// The difference of the first bytes that are not the same, or 0.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    naked_asm!(
        "xor r9d, r9d",
        "2:",
        "cmp r9, r8",
        "je 3f",
        "movzx eax, byte ptr [rcx + r9]",
        "movzx r10d, byte ptr [rdx + r9]",
        "inc r9",
        "sub eax, r10d",
        "je 2b",
        "ret",
        "3:",
        "xor eax, eax",
        "ret",
    )
}

/// 0 when the bytes are the same.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    naked_asm!("jmp {memcmp}", memcmp = sym memcmp)
}

/// Bytes before the first NUL.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn strlen(text: *const u8) -> usize {
    naked_asm!("mov rax, -1", "2:", "inc rax", "cmp byte ptr [rcx + rax], 0", "jne 2b", "ret",)
}
