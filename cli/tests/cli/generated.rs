//! What is made from the definitions of the command line.

use crate::sandbox::Sandbox;

#[test]
fn every_shell_gets_the_commands_and_options() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = sandbox.succeed(&format!("completions {shell}")).stdout;
        for word in ["build", "completions", "memory-checks", "inherit-env"] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
        // The generators for the other two leave the values of options out.
        let has_values = script.contains("opt-clif") && script.contains("x86_64-linux");
        assert!(has_values || ["elvish", "powershell"].contains(&shell), "{shell} does not know the values");
    }
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let sandbox = Sandbox::new();
    sandbox.succeed("man --out pages");
    for page in [
        "",
        "-build",
        "-run",
        "-validate",
        "-inspect",
        "-test",
        "-targets",
        "-runtime",
        "-cache",
        "-completions",
        "-man",
    ] {
        let text = sandbox.read(&format!("pages/wasmc{page}.1"));
        assert!(text.windows(4).any(|line| line == b"\n.TH"), "wasmc{page}.1 has no title");
    }
    assert!(sandbox.succeed("man").stdout.contains("Exit status"));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let sandbox = Sandbox::new();
    for line in ["--help", "-h", "help run", "build --help", "--version"] {
        let outcome = sandbox.succeed(line);
        assert!(!outcome.stdout.is_empty() && outcome.stderr.is_empty(), "wasmc {line}");
    }
}

#[test]
fn the_help_names_every_exit_status() {
    let help = Sandbox::new().succeed("--help").stdout;
    for status in ["0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "101  ", "141  "] {
        assert!(help.contains(&format!("\n  {status}")), "{status}");
    }
}
