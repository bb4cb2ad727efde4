//! What the program does beside serving, as it is spelt on the command line. Must not know how it is done.

use clap::{Args, Subcommand, ValueEnum};
use domain::audit::ChainHead;
use domain::operators::Role;

use crate::language::Language;

/// What the program can do beside serving.
#[derive(Subcommand)]
pub enum Command {
    /// Look after accounts.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Look after the keys.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Look after the audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Look after the operators of the desk.
    #[command(subcommand)]
    Operator(OperatorCommand),
}

/// What can be done with the audit log.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Prove that nothing was changed or removed; prints the end of the chain, to keep elsewhere.
    Verify(VerifyAudit),
}

/// What to prove.
#[derive(Args)]
pub struct VerifyAudit {
    /// The number of the first row to look at; what stands before it is believed.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub from: u64,
    /// The end of the chain as it was printed another time, NUMBER:DIGEST: it must still stand there.
    #[arg(long, value_parser = parse_head)]
    pub kept: Option<ChainHead>,
}

/// Reads what `audit verify` printed.
fn parse_head(text: &str) -> Result<ChainHead, String> {
    let parsed = text.split_once(':').and_then(|(sequence, digest)| {
        Some(ChainHead {
            sequence: sequence.parse().ok()?,
            digest: digest.parse().ok()?,
        })
    });
    parsed.ok_or_else(|| "it is not NUMBER:DIGEST as `audit verify` prints it".to_owned())
}

/// What can be done with operators from the shell; there is no page for it, so that nobody at the desk
/// makes another one.
#[derive(Subcommand)]
pub enum OperatorCommand {
    /// Make an operator; the password is read from standard input, and an app is bound at the first
    /// sign-in.
    Create(CreateOperator),
    /// Let the next sign-in bind another app, since the first was lost; every session ends.
    ResetMfa(OperatorByName),
    /// Have nobody sign in by the name any more; every session ends.
    Disable(OperatorByName),
    /// Let a disabled operator sign in again.
    Enable(OperatorByName),
    /// Give an operator these roles and no others.
    Roles(OperatorRoles),
    /// List everybody who works or worked here.
    List,
}

/// The operator to make.
#[derive(Args)]
pub struct CreateOperator {
    /// The name that signs in.
    #[arg(long)]
    pub name: String,
    /// What they may do; can be given several times.
    #[arg(long = "role", value_enum, required = true)]
    pub roles: Vec<RoleChoice>,
    /// An account of their own, on which they decide nothing; can be given several times.
    #[arg(long = "own-account")]
    pub own_accounts: Vec<String>,
}

/// An operator that there is.
#[derive(Args)]
pub struct OperatorByName {
    /// The name that signs in.
    #[arg(long)]
    pub name: String,
}

/// The roles of an operator that there is.
#[derive(Args)]
pub struct OperatorRoles {
    /// The name that signs in.
    #[arg(long)]
    pub name: String,
    /// What they may do; can be given several times.
    #[arg(long = "role", value_enum, required = true)]
    pub roles: Vec<RoleChoice>,
}

/// A role on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleChoice {
    /// Decides what is in the queues and sees documents.
    Reviewer,
    /// Freezes, lifts, looks things up.
    Support,
    /// Raises limits, freezes, lifts.
    Administrator,
}

impl From<RoleChoice> for Role {
    fn from(choice: RoleChoice) -> Self {
        match choice {
            RoleChoice::Reviewer => Self::Reviewer,
            RoleChoice::Support => Self::Support,
            RoleChoice::Administrator => Self::Administrator,
        }
    }
}

/// What an operator can do with accounts from the shell.
#[derive(Subcommand)]
pub enum AccountCommand {
    /// Make an account that signs in by e-mail; its password is read from standard input.
    Create(CreateAccount),
}

/// The account to make.
#[derive(Args)]
pub struct CreateAccount {
    /// The e-mail address that signs in.
    #[arg(long)]
    pub email: String,
    /// The display name.
    #[arg(long)]
    pub nickname: String,
    /// The language of the messages it gets.
    #[arg(long, value_enum, default_value = "zh")]
    pub language: LanguageChoice,
}

/// What can be done with keys.
#[derive(Subcommand)]
pub enum KeysCommand {
    /// Print a new keys file.
    New {
        /// The name of its sealing key, such as the month it was made in.
        #[arg(long, default_value = "first")]
        id: String,
    },
}

/// A language on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LanguageChoice {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<LanguageChoice> for Language {
    fn from(choice: LanguageChoice) -> Self {
        match choice {
            LanguageChoice::Zh => Self::Chinese,
            LanguageChoice::En => Self::English,
        }
    }
}
