//! The program: reads the settings, then serves or does one of an operator's chores.

use std::io::Read as _;
use std::process::ExitCode;

use domain::account::Nickname;
use domain::audit::{ChainBroken, ChainHead};
use domain::identity::Email;
use server::accounts::{self, Wish};
use server::config::{
    AccountCommand, AuditCommand, Command, CommandLine, Config, CreateAccount, KeysCommand,
    LogFormat, VerifyAudit,
};
use server::outside::clock::{Clock as _, SystemClock};
use server::outside::ids::SystemIds;
use server::passwords::Hasher;
use server::serve::{self, Server};
use server::store::audit;
use server::vault::KeyFile;
use tracing_subscriber::EnvFilter;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let CommandLine { config, command } = CommandLine::read();
    let outcome = start_log(&config).and_then(|()| run(&config, command));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("account-center-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(config: &Config, command: Option<Command>) -> Outcome {
    // One implementation of TLS for every client in here, chosen before any of them asks.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        return Err("another TLS implementation is in use already".into());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    match command {
        None => runtime.block_on(serve(config)),
        Some(Command::Account(AccountCommand::Create(wish))) => {
            runtime.block_on(create_account(config, &wish))
        }
        Some(Command::Keys(KeysCommand::New { id })) => print_keys(&id),
        Some(Command::Audit(AuditCommand::Verify(wish))) => {
            runtime.block_on(verify_audit(config, &wish))
        }
    }
}

async fn serve(config: &Config) -> Outcome {
    let server = Server::prepare(config).await?;
    Ok(server.run(config.listen, config.port).await?)
}

async fn create_account(config: &Config, wish: &CreateAccount) -> Outcome {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password)?;
    let wish = Wish {
        email: Email::parse(&wish.email)?,
        // Whoever pipes a line in did not mean its end.
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        nickname: Nickname::parse(&wish.nickname)?,
        language: wish.language.into(),
    };
    let policy = config.policy()?.sign_in;
    let store = serve::open_store(config).await?;
    let hasher = Hasher::start(1, &SystemIds)?;
    let now = SystemClock.now();
    let id = accounts::create(&store, &hasher, &SystemIds, &policy, &wish, now).await?;
    store.close().await;
    print(&format!("{id}\n"))
}

/// Prints the end of the chain when it is whole; else says where it is broken, and fails (OPS-3).
async fn verify_audit(config: &Config, wish: &VerifyAudit) -> Outcome {
    let store = serve::open_store(config).await?;
    let mut tx = store.read().await?;
    let outcome = audit::verify(&mut tx, wish.from, wish.kept).await?;
    tx.commit().await?;
    store.close().await;
    let ChainHead { sequence, digest } = outcome.map_err(describe)?;
    print(&format!("{sequence}:{digest}\n"))
}

fn describe(broken: ChainBroken) -> String {
    match broken {
        ChainBroken::Missing { sequence } => {
            format!("the audit log is broken: row {sequence} is missing, or stands elsewhere")
        }
        ChainBroken::Changed { sequence } => {
            format!("the audit log is broken: row {sequence} is not what was written")
        }
        ChainBroken::WrongEnd { sequence } => {
            format!("the audit log is broken: it ends with row {sequence}, where it did not end")
        }
    }
}

fn print_keys(id: &str) -> Outcome {
    print(&toml::to_string(&KeyFile::generate(id)?)?)
}

fn print(text: &str) -> Outcome {
    Ok(std::io::Write::write_all(
        &mut std::io::stdout(),
        text.as_bytes(),
    )?)
}

/// The log goes to standard error, so that standard output is for other programs.
fn start_log(config: &Config) -> Outcome {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(&config.log)?)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    match config.log_format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
    Ok(())
}
