//! What a debugger is asked about: a structure, a vector, an enumeration. Sessions name its lines.
struct Account {
    number: u32,
    balance: i64,
}

enum Change {
    Deposit(i64),
    Withdrawal(i64),
}

#[inline(never)]
fn apply(account: &mut Account, change: &Change) -> i64 {
    let before = account.balance;
    match change {
        Change::Deposit(amount) => account.balance += amount,
        Change::Withdrawal(amount) => account.balance -= amount,
    }
    account.balance - before
}

fn main() {
    let mut account = Account { number: 7, balance: 100 };
    let changes = vec![Change::Deposit(50), Change::Withdrawal(30)];
    let mut total = 0;
    for change in &changes {
        total += apply(&mut account, change);
    }
    println!("{} {} {total}", account.number, account.balance);
}
