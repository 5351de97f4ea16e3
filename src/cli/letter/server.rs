//! The mail server of a test: given on the command line or by the environment; the password by the environment alone.

use crate::cli::ui::{Exit, Ui};
use crate::diag::Diagnostic;
use crate::emit::mail::{Security, Server};
use crate::say;

use super::unknown;

/// Reads the server from the arguments, then from the environment; the password from the environment alone.
pub(super) fn server(typed: Option<String>, security: Option<&str>, ui: &Ui) -> Result<Server, Exit> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let Some(address) = typed.or_else(|| set("ESSAIM_SMTP_SERVEUR")) else {
        ui.alone(
            &Diagnostic::error("E1020", say!("il manque le serveur d’envoi", "the mail server is missing")).help(say!(
                "ajoutez « --server smtp.exemple.fr:587 », ou donnez ESSAIM_SMTP_SERVEUR dans l’environnement ; « --dry-run » montre le message sans l’envoyer",
                "add “--server smtp.example.org:587”, or set ESSAIM_SMTP_SERVEUR in the environment; “--dry-run” shows the message without sending it"
            )),
        );
        return Err(Exit::Usage);
    };
    let address = address.trim();
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => {
                ui.alone(
                    &Diagnostic::error(
                        "E1020",
                        say!(
                            "« {address} » n’est pas l’adresse d’un serveur d’envoi",
                            "“{address}” is not the address of a mail server"
                        ),
                    )
                    .help(say!(
                        "écrivez le nom puis le port : smtp.exemple.fr:587",
                        "write the name, then the port: smtp.example.org:587"
                    )),
                );
                return Err(Exit::Usage);
            }
        },
        Some(_) | None => (address, None),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let is_local = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
    let word =
        security.map(str::to_owned).or_else(|| set("ESSAIM_SMTP_SECURITE")).map(|word| word.trim().to_lowercase());
    let security = match (word.as_deref(), port) {
        (Some("tls"), _) | (None, Some(465)) => Security::Tls,
        (Some("starttls"), _) | (None, Some(587)) => Security::StartTls,
        (Some("aucune" | "none"), _) => Security::None,
        (None, _) if is_local => Security::None,
        (None, _) => Security::StartTls,
        (Some(word), _) => {
            ui.alone(&unknown("chiffrement", "encryption", word, &["tls", "starttls", "aucune"]));
            return Err(Exit::Usage);
        }
    };
    let credentials = set("ESSAIM_SMTP_UTILISATEUR")
        .map(|name| (name, std::env::var("ESSAIM_SMTP_MOT_DE_PASSE").unwrap_or_default()));
    Ok(Server { host, port, security, credentials })
}
