//! The program: reads the settings, then serves or does one of an operator's chores.

use std::io::Read as _;
use std::process::ExitCode;

use domain::account::{AccountId, Nickname};
use domain::audit::{ChainBroken, ChainHead};
use domain::identity::{Email, OperatorName};
use domain::operators::Role;
use server::accounts::{self, Wish};
use server::config::{
    AccountCommand, AuditCommand, Command, CommandLine, Config, CreateAccount, CreateOperator,
    KeysCommand, LogFormat, OperatorCommand, VerifyAudit,
};
use server::operators::{self, Change};
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
        Some(Command::Operator(command)) => runtime.block_on(look_after_operators(config, command)),
    }
}

async fn serve(config: &Config) -> Outcome {
    let server = Server::prepare(config).await?;
    Ok(server.run(config.listen, config.port).await?)
}

/// The password that is piped in.
fn read_password() -> Result<String, std::io::Error> {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password)?;
    // Whoever pipes a line in did not mean its end.
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

async fn create_account(config: &Config, wish: &CreateAccount) -> Outcome {
    let wish = Wish {
        email: Email::parse(&wish.email)?,
        password: read_password()?,
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

async fn look_after_operators(config: &Config, command: OperatorCommand) -> Outcome {
    let (by_name, change) = match command {
        OperatorCommand::Create(wish) => return create_operator(config, wish).await,
        OperatorCommand::List => return list_operators(config).await,
        OperatorCommand::ResetMfa(by) => (by.name, Change::ResetMfa),
        OperatorCommand::Disable(by) => (by.name, Change::Disable),
        OperatorCommand::Enable(by) => (by.name, Change::Enable),
        OperatorCommand::Roles(to) => {
            let roles = to.roles.into_iter().map(Role::from).collect();
            (to.name, Change::Roles(roles))
        }
    };
    let name = OperatorName::parse(&by_name)?;
    let store = serve::open_store(config).await?;
    operators::change(&store, &name, &change, SystemClock.now()).await?;
    store.close().await;
    Ok(())
}

async fn create_operator(config: &Config, wish: CreateOperator) -> Outcome {
    let own = wish.own_accounts.iter();
    let wish = operators::Wish {
        name: OperatorName::parse(&wish.name)?,
        password: read_password()?,
        roles: wish.roles.into_iter().map(Role::from).collect(),
        own_accounts: own
            .map(|id| AccountId::parse(id))
            .collect::<Result<_, _>>()?,
    };
    let policy = config.policy()?.sign_in;
    let store = serve::open_store(config).await?;
    let hasher = Hasher::start(1, &SystemIds)?;
    let now = SystemClock.now();
    let id = operators::create(&store, &hasher, &SystemIds, &policy, &wish, now).await?;
    store.close().await;
    print(&format!("{}\n", id.0))
}

async fn list_operators(config: &Config) -> Outcome {
    let store = serve::open_store(config).await?;
    let all = operators::list(&store).await?;
    store.close().await;
    for one in all {
        let roles: Vec<String> = one
            .operator
            .roles
            .iter()
            .map(|role| format!("{role:?}"))
            .collect();
        let own: Vec<String> = one
            .operator
            .own_accounts
            .iter()
            .map(ToString::to_string)
            .collect();
        let standing = match (one.is_disabled, one.secret.is_some()) {
            (true, _) => "disabled",
            (false, true) => "works here",
            (false, false) => "has not bound an app",
        };
        let (roles, own) = (roles.join(" "), own.join(" "));
        let (id, name) = (one.operator.id.0, one.name.as_str());
        print(&format!("{id}\t{name}\t{roles}\t{standing}\t{own}\n"))?;
    }
    Ok(())
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
