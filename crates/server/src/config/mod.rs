//! Every setting: flags, each with an environment variable, and the policy file.
//!
//! Knows spelling and defaults; must not know what a setting does.

mod commands;

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Parser, ValueEnum};
use domain::policy::{Policy, PolicyProblem};

use crate::captcha::CaptchaSettings;
use crate::outside::documents::S3Settings;
use crate::outside::places::{NoPlaces, Places, PlacesFile, PlacesFileError, SandboxPlaces};
use crate::state::{Names, Network, Support};

pub use commands::{
    AccountCommand, AuditCommand, Command, CreateAccount, CreateOperator, KeysCommand,
    LanguageChoice, OperatorByName, OperatorCommand, OperatorRoles, RoleChoice, VerifyAudit,
};

/// The account centre: accounts, sign-in and verification of a cloud platform, self-hosted.
#[derive(Parser)]
#[command(
    name = "account-center-server",
    version,
    about,
    after_help = "Every flag can be given by the variable beside it; what is secret should be. The keys \
                  themselves can come in ACCOUNT_CENTER_KEYS. docs/operations.md tells more."
)]
pub struct CommandLine {
    /// What every command shares.
    #[command(flatten)]
    pub config: Config,
    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for a person.
    Text,
    /// One JSON object a line.
    Json,
}

/// The settings of a server.
#[derive(Clone, Args)]
pub struct Config {
    /// The address to listen on; a proxy in front of it speaks TLS.
    #[arg(long, env = "ACCOUNT_CENTER_LISTEN", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub listen: IpAddr,

    /// The port to listen on; 0 takes a free one and prints it.
    #[arg(long, env = "ACCOUNT_CENTER_PORT", default_value_t = 8080)]
    pub port: u16,

    /// Where the rows are: sqlite://PATH (made when missing) or postgres://USER@HOST/NAME.
    #[arg(
        long,
        global = true,
        env = "ACCOUNT_CENTER_DATABASE",
        default_value = "sqlite://data/account-center.db",
        hide_env_values = true
    )]
    pub database: String,

    /// Run the demo: seeded accounts, nothing really sent, a clock that can be moved.
    #[arg(long, global = true, env = "ACCOUNT_CENTER_DEMO")]
    pub demo: bool,

    /// The file with the keys that personal data is sealed with (make one by `keys new`).
    #[arg(
        long,
        global = true,
        env = "ACCOUNT_CENTER_KEYS_FILE",
        conflicts_with = "demo"
    )]
    pub keys_file: Option<PathBuf>,

    /// The text of a keys file, for where secrets come as variables. Not as a flag: other users
    /// of the machine can read those.
    #[arg(skip)]
    pub keys: Option<String>,

    /// A TOML file with the numbers of the rules that differ from their defaults.
    #[arg(long, global = true, env = "ACCOUNT_CENTER_POLICY_FILE")]
    pub policy_file: Option<PathBuf>,

    /// The folder with the built browser app; without it, the app built into this program, if any.
    #[arg(long, env = "ACCOUNT_CENTER_ASSETS")]
    pub assets: Option<PathBuf>,

    /// The product's name in Chinese.
    #[arg(long, env = "ACCOUNT_CENTER_NAME_ZH", default_value = "云账号中心")]
    pub name_zh: String,

    /// The product's name in English.
    #[arg(long, env = "ACCOUNT_CENTER_NAME_EN", default_value = "Account Centre")]
    pub name_en: String,

    /// The folder with your terms and privacy text, in place of the templates: terms.zh.txt, terms.en.txt,
    /// privacy.zh.txt, privacy.en.txt, each beginning with a line such as "version: 2026-11".
    #[arg(long, env = "ACCOUNT_CENTER_LEGAL_FOLDER")]
    pub legal_folder: Option<PathBuf>,

    /// How many proxies of yours add an address to X-Forwarded-For; with 0 the header is ignored.
    #[arg(long, env = "ACCOUNT_CENTER_TRUSTED_PROXIES", default_value_t = 0)]
    pub trusted_proxies: u8,

    /// The origin that browsers use, such as https://account.example, when a proxy changes Host.
    #[arg(long, env = "ACCOUNT_CENTER_PUBLIC_ORIGIN")]
    pub public_origin: Option<String>,

    /// The mail server, such as smtps://user:password@mail.example:465.
    #[arg(
        long,
        env = "ACCOUNT_CENTER_SMTP_URL",
        hide_env_values = true,
        requires = "mail_from"
    )]
    pub smtp_url: Option<String>,

    /// The sender of e-mails, such as "Account Centre <no-reply@account.example>".
    #[arg(long, env = "ACCOUNT_CENTER_MAIL_FROM")]
    pub mail_from: Option<String>,

    /// The SMS gateway's address; docs/operations.md tells what it is sent.
    #[arg(long, env = "ACCOUNT_CENTER_SMS_URL", requires = "sms_token")]
    pub sms_url: Option<String>,

    /// What the SMS gateway knows us by; better given as a variable.
    #[arg(long, env = "ACCOUNT_CENTER_SMS_TOKEN", hide_env_values = true)]
    pub sms_token: Option<String>,

    /// A file in MaxMind's format (such as GeoLite2-City.mmdb) that tells where addresses are; without
    /// it sign-ins have no place.
    #[arg(long, env = "ACCOUNT_CENTER_PLACES_FILE", conflicts_with = "demo")]
    pub places_file: Option<PathBuf>,

    /// The largest number that a captcha's puzzle hides; a browser tries half of them on average.
    #[arg(
        long,
        env = "ACCOUNT_CENTER_CAPTCHA_WORK",
        default_value_t = CaptchaSettings::default().max,
        value_parser = clap::value_parser!(u32).range(1..=20_000_000)
    )]
    pub captcha_work: u32,

    /// A TOML file with the services that people sign in with: WeChat, QQ, Official Account, WeCom;
    /// docs/operations.md tells what stands in it.
    #[arg(long, env = "ACCOUNT_CENTER_PROVIDERS_FILE", conflicts_with = "demo")]
    pub providers_file: Option<PathBuf>,

    /// The text of a providers' file, for where secrets come as variables. Not as a flag: other users
    /// of the machine can read those.
    #[arg(skip)]
    pub providers: Option<String>,

    /// The face service's address; docs/outside/face.md tells what it is asked.
    #[arg(long, env = "ACCOUNT_CENTER_FACE_URL", requires = "face_token")]
    pub face_url: Option<String>,

    /// What the face service knows us by; better given as a variable.
    #[arg(long, env = "ACCOUNT_CENTER_FACE_TOKEN", hide_env_values = true)]
    pub face_token: Option<String>,

    /// The real-name service's address; docs/outside/real-name.md tells what it is asked. Without one
    /// nobody is verified by a scan.
    #[arg(
        long,
        env = "ACCOUNT_CENTER_REAL_NAME_URL",
        requires = "real_name_token"
    )]
    pub real_name_url: Option<String>,

    /// What the real-name service knows us by; better given as a variable.
    #[arg(long, env = "ACCOUNT_CENTER_REAL_NAME_TOKEN", hide_env_values = true)]
    pub real_name_token: Option<String>,

    /// The business register's address; docs/outside/registry.md tells what it is asked. Without one no
    /// enterprise can be verified.
    #[arg(long, env = "ACCOUNT_CENTER_REGISTRY_URL", requires = "registry_token")]
    pub registry_url: Option<String>,

    /// What the business register knows us by; better given as a variable.
    #[arg(long, env = "ACCOUNT_CENTER_REGISTRY_TOKEN", hide_env_values = true)]
    pub registry_token: Option<String>,

    /// The bank's address; docs/outside/bank.md tells what it is asked. Without one neither bank transfer
    /// nor top-up is offered.
    #[arg(long, env = "ACCOUNT_CENTER_BANK_URL", requires = "bank_token")]
    pub bank_url: Option<String>,

    /// What the bank knows us by; better given as a variable.
    #[arg(long, env = "ACCOUNT_CENTER_BANK_TOKEN", hide_env_values = true)]
    pub bank_token: Option<String>,

    /// The address of the service that asks Official Accounts for their permission;
    /// docs/outside/official-account.md tells what it is asked.
    #[arg(long, env = "ACCOUNT_CENTER_OFFICIAL_URL", requires = "official_token")]
    pub official_url: Option<String>,

    /// What that service knows us by; better given as a variable.
    #[arg(long, env = "ACCOUNT_CENTER_OFFICIAL_TOKEN", hide_env_values = true)]
    pub official_token: Option<String>,

    /// The cloud platform's address; docs/outside/platform.yaml tells what it is asked.
    #[arg(long, env = "ACCOUNT_CENTER_PLATFORM_URL", requires = "platform_token")]
    pub platform_url: Option<String>,

    /// What the cloud platform knows us by; better given as a variable.
    #[arg(
        long,
        env = "ACCOUNT_CENTER_PLATFORM_TOKEN",
        hide_env_values = true,
        conflicts_with = "demo"
    )]
    pub platform_token: Option<String>,

    /// The hotline that is shown to people who cannot get in by any other way.
    #[arg(long, env = "ACCOUNT_CENTER_HOTLINE")]
    pub hotline: Option<String>,

    /// The folder that documents of proof are kept in, sealed with the keys; made when missing. Without
    /// it, the folder `documents` beside SQLite's file, or data/documents.
    #[arg(long, env = "ACCOUNT_CENTER_DOCUMENTS_FOLDER")]
    pub documents_folder: Option<PathBuf>,

    /// The address of storage that speaks S3, in place of the folder, such as https://s3.example.
    #[arg(
        long,
        env = "ACCOUNT_CENTER_S3_URL",
        requires_all = ["s3_bucket", "s3_key_id", "s3_secret"]
    )]
    pub s3_url: Option<String>,

    /// The bucket in it.
    #[arg(long, env = "ACCOUNT_CENTER_S3_BUCKET")]
    pub s3_bucket: Option<String>,

    /// The region that requests are signed for.
    #[arg(long, env = "ACCOUNT_CENTER_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,

    /// Whether the bucket's name is a part of the host, as in bucket.s3.example.
    #[arg(long, env = "ACCOUNT_CENTER_S3_BUCKET_IN_HOST")]
    pub s3_bucket_in_host: bool,

    /// The id of the access key.
    #[arg(long, env = "ACCOUNT_CENTER_S3_KEY_ID")]
    pub s3_key_id: Option<String>,

    /// The secret of the access key; better given as a variable.
    #[arg(long, env = "ACCOUNT_CENTER_S3_SECRET", hide_env_values = true)]
    pub s3_secret: Option<String>,

    /// How many passwords are hashed at the same time; each takes 19 MiB.
    #[arg(long, env = "ACCOUNT_CENTER_HASHERS", default_value_t = 2)]
    pub hashers: u8,

    /// What is logged: error, warn, info, debug, or a filter such as info,sqlx=debug.
    #[arg(long, env = "ACCOUNT_CENTER_LOG", default_value = "info,sqlx=warn")]
    pub log: String,

    /// The form of the log, which goes to standard error.
    #[arg(
        long,
        value_enum,
        env = "ACCOUNT_CENTER_LOG_FORMAT",
        default_value = "text"
    )]
    pub log_format: LogFormat,
}

/// The variable with the text of a keys file.
const KEYS_VARIABLE: &str = "ACCOUNT_CENTER_KEYS";

/// The variable with the text of a providers' file.
const PROVIDERS_VARIABLE: &str = "ACCOUNT_CENTER_PROVIDERS";

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that was named cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, std::io::Error),
    /// The policy file is not TOML or names something that is no rule's number.
    #[error("the policy file cannot be used: {0}")]
    Policy(Box<toml::de::Error>),
    /// The policy file has numbers that make no sense together.
    #[error("the policy file cannot be used: {}", sentences(.0))]
    Numbers(Vec<PolicyProblem>),
    /// Production must not run without keys.
    #[error(
        "no keys: name a file by --keys-file or ACCOUNT_CENTER_KEYS_FILE (make one by \
         `account-center-server keys new > keys.toml`), or put its text into ACCOUNT_CENTER_KEYS; \
         to look around, start with --demo"
    )]
    NoKeys,
}

fn sentences(problems: &[PolicyProblem]) -> String {
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    all.join("; ")
}

impl CommandLine {
    /// Reads flags and environment; ends the program with a usage message where they are wrong.
    #[must_use]
    pub fn read() -> Self {
        let mut line = Self::parse();
        line.config.keys = std::env::var(KEYS_VARIABLE).ok();
        line.config.providers = std::env::var(PROVIDERS_VARIABLE).ok();
        line
    }
}

impl Config {
    /// The keys file's text, of production.
    ///
    /// # Errors
    /// When there is none.
    pub fn keys_text(&self) -> Result<String, ConfigError> {
        match (&self.keys_file, &self.keys) {
            (Some(path), _) => read(path),
            (None, Some(text)) => Ok(text.clone()),
            (None, None) => Err(ConfigError::NoKeys),
        }
    }

    /// The providers' file's text; empty when there is none, and then no provider is offered.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn providers_text(&self) -> Result<String, ConfigError> {
        match (&self.providers_file, &self.providers) {
            (Some(path), _) => read(path),
            (None, Some(text)) => Ok(text.clone()),
            (None, None) => Ok(String::new()),
        }
    }

    /// The rules' numbers: the defaults, changed by the policy file.
    ///
    /// # Errors
    /// When the file cannot be read, says something that is no rule's number, or has numbers that make
    /// no sense together.
    pub fn policy(&self) -> Result<Policy, ConfigError> {
        let Some(path) = &self.policy_file else {
            return Ok(Policy::default());
        };
        let policy: Policy =
            toml::from_str(&read(path)?).map_err(|error| ConfigError::Policy(Box::new(error)))?;
        match policy.problems() {
            problems if problems.is_empty() => Ok(policy),
            problems => Err(ConfigError::Numbers(problems)),
        }
    }

    /// The product's names.
    #[must_use]
    pub fn names(&self) -> Names {
        Names {
            chinese: self.name_zh.clone(),
            english: self.name_en.clone(),
        }
    }

    /// How hard captchas are.
    #[must_use]
    pub fn captcha(&self) -> CaptchaSettings {
        CaptchaSettings {
            max: self.captcha_work,
            ..CaptchaSettings::default()
        }
    }

    /// The folder for documents, where there is no bucket.
    #[must_use]
    pub fn documents_folder(&self) -> PathBuf {
        if let Some(folder) = &self.documents_folder {
            return folder.clone();
        }
        let beside = self.database_file().and_then(Path::parent);
        let beside = beside.filter(|folder| !folder.as_os_str().is_empty());
        beside.unwrap_or(Path::new("data")).join("documents")
    }

    /// SQLite's file, when the rows are in one.
    #[must_use]
    pub fn database_file(&self) -> Option<&Path> {
        let path = self.database.strip_prefix("sqlite:")?;
        let path = path.trim_start_matches("//").split('?').next();
        path.map(Path::new)
    }

    /// The bucket for documents, when there is one.
    #[must_use]
    pub fn s3(&self) -> Option<S3Settings<'_>> {
        Some(S3Settings {
            endpoint: self.s3_url.as_deref()?,
            region: &self.s3_region,
            bucket: self.s3_bucket.as_deref()?,
            bucket_in_host: self.s3_bucket_in_host,
            key_id: self.s3_key_id.as_deref()?,
            secret: self.s3_secret.as_deref()?,
        })
    }

    /// What tells where addresses are: the demo's world, the file, or nothing.
    ///
    /// # Errors
    /// When the file cannot be read or is something else.
    pub fn places(&self) -> Result<Arc<dyn Places>, PlacesFileError> {
        Ok(match &self.places_file {
            _ if self.demo => Arc::new(SandboxPlaces),
            Some(path) => Arc::new(PlacesFile::open(path)?),
            None => Arc::new(NoPlaces),
        })
    }

    /// How people reach whoever runs this installation.
    #[must_use]
    pub fn support(&self) -> Support {
        let demo = self.demo.then(|| "no-reply@demo.example".to_owned());
        Support {
            sender: self.mail_from.clone().or(demo),
            hotline: self.hotline.clone(),
        }
    }

    /// What stands in front of the server.
    #[must_use]
    pub fn network(&self) -> Network {
        Network {
            trusted_proxies: self.trusted_proxies,
            public_origin: self.public_origin.clone(),
        }
    }
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|error| ConfigError::File(path.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<CommandLine, clap::Error> {
        let program = std::iter::once(&"account-center-server");
        CommandLine::try_parse_from(program.chain(arguments))
    }

    #[test]
    fn production_without_keys_does_not_start() {
        let line = parse(&[]).unwrap();
        assert!(matches!(line.config.keys_text(), Err(ConfigError::NoKeys)));
    }

    #[test]
    fn the_demo_takes_no_keys_and_mail_needs_a_sender() {
        assert!(parse(&["--demo", "--keys-file", "keys.toml"]).is_err());
        assert!(parse(&["--smtp-url", "smtp://localhost"]).is_err());
        assert!(parse(&["--demo", "--port", "0"]).is_ok());
        assert!(
            parse(&[
                "account",
                "create",
                "--email",
                "a@b.example",
                "--nickname",
                "A"
            ])
            .is_ok()
        );
    }

    #[test]
    fn places_come_from_the_demo_a_file_or_nowhere() {
        let country = |arguments: &[&str]| {
            let places = parse(arguments).unwrap().config.places().unwrap();
            places.place_of_text("203.0.113.7")
        };
        assert_eq!(country(&[]), None);
        assert_eq!(country(&["--demo"]).unwrap().country, "SG");
        let missing = parse(&["--places-file", "/no/such/file.mmdb"]).unwrap();
        assert!(missing.config.places().is_err());
    }

    #[test]
    fn a_captcha_without_work_or_with_too_much_is_no_setting() {
        for (work, is_fine) in [
            ("0", false),
            ("1", true),
            ("20000000", true),
            ("20000001", false),
        ] {
            assert_eq!(parse(&["--captcha-work", work]).is_ok(), is_fine, "{work}");
        }
    }

    #[test]
    fn providers_come_from_a_file_or_a_variable_or_are_none() {
        let mut config = parse(&[]).unwrap().config;
        assert_eq!(config.providers_text().unwrap(), "");
        config.providers = Some("[qq]".to_owned());
        assert_eq!(config.providers_text().unwrap(), "[qq]");
        config.providers_file = Some(PathBuf::from("missing.toml"));
        assert!(matches!(
            config.providers_text(),
            Err(ConfigError::File(..))
        ));
        assert!(parse(&["--face-url", "https://face.example"]).is_err());
        assert!(parse(&["--demo", "--providers-file", "a.toml"]).is_err());
    }

    #[test]
    fn documents_go_to_a_folder_or_to_a_bucket_with_all_its_settings() {
        let config = parse(&[]).unwrap().config;
        assert_eq!(config.documents_folder(), Path::new("data/documents"));
        let folder = |arguments: &[&str]| parse(arguments).unwrap().config.documents_folder();
        let file = "sqlite:///srv/rows.db?mode=rwc";
        assert_eq!(folder(&["--database", file]), Path::new("/srv/documents"));
        let server = ["--database", "postgres://u@h/n"];
        assert_eq!(folder(&server), Path::new("data/documents"));
        let named = ["--documents-folder", "/x"];
        assert_eq!(folder(&named), Path::new("/x"));
        assert!(config.s3().is_none());
        let bucket = ["--s3-url", "https://s3.example", "--s3-bucket", "b"];
        assert!(parse(&bucket).is_err());
        let key = ["--s3-key-id", "id", "--s3-secret", "secret"];
        let config = parse(&[bucket.as_slice(), &key].concat()).unwrap().config;
        assert_eq!(config.s3().unwrap().region, "us-east-1");
    }

    #[test]
    fn ops_3_a_kept_head_is_a_number_and_a_digest() {
        let digest = "0f".repeat(32);
        let kept = |head: &str| parse(&["audit", "verify", "--kept", head]);
        assert!(kept(&format!("12:{digest}")).is_ok());
        for wrong in ["12", ":", &format!("x:{digest}"), "12:0f"] {
            assert!(kept(wrong).is_err(), "{wrong}");
        }
        assert!(parse(&["audit", "verify", "--from", "0"]).is_err());
    }

    #[test]
    fn a_policy_file_changes_numbers_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        let mut config = parse(&[]).unwrap().config;
        config.policy_file = Some(path.clone());
        std::fs::write(&path, "[sign_in]\ntries_per_address = 7\n").unwrap();
        assert_eq!(config.policy().unwrap().sign_in.tries_per_address, 7);
        std::fs::write(&path, "[sign_in]\ntries_per_adress = 7\n").unwrap();
        assert!(matches!(config.policy(), Err(ConfigError::Policy(_))));
        std::fs::write(&path, "[sign_in]\nwrong_without_lock = 2\n").unwrap();
        let refused = config.policy().unwrap_err().to_string();
        assert_eq!(
            refused,
            "the policy file cannot be used: sign_in.wrong_without_lock must be above \
             sign_in.wrong_without_captcha (SGN-1)"
        );
        config.policy_file = Some(folder.path().join("missing.toml"));
        assert!(matches!(config.policy(), Err(ConfigError::File(..))));
    }
}
