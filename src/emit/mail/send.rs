//! Sends one message to one person through a given server, so that a writer sees the letter as readers will. Never a list.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{Error, SmtpTransport};
use lettre::{Message, Transport};

use crate::diag::Diagnostic;
use crate::say;

/// How the connection is kept from prying eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// From the first byte, on port 465.
    Tls,
    /// Asked for after the greeting, on port 587; refused if the server cannot.
    StartTls,
    /// None: for a server of this machine.
    None,
}

/// A server that takes messages, and who asks it to.
#[derive(Clone)]
pub struct Server {
    pub host: String,
    pub port: Option<u16>,
    pub security: Security,
    /// Name and password.
    pub credentials: Option<(String, String)>,
}

/// Why a message did not leave, told to the person who sent it.
pub type Refusal = Box<Diagnostic>;

/// How long a server may keep us waiting.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends a message.
pub fn send(server: &Server, message: &Message, to: &Mailbox) -> Result<(), Refusal> {
    let transport = transport(server)?;
    transport.send(message).map(|_| ()).map_err(|error| Box::new(refused(server, to, &error)))
}

fn transport(server: &Server) -> Result<SmtpTransport, Refusal> {
    let is_local = matches!(server.host.as_str(), "localhost" | "127.0.0.1" | "::1");
    if server.security == Security::None && server.credentials.is_some() && !is_local {
        let host = &server.host;
        return Err(Box::new(
            Diagnostic::error(
                "E1021",
                say!("le mot de passe irait en clair jusqu’à « {host} »", "the password would go in clear to “{host}”"),
            )
            .help(say!(
                "choisissez « --security starttls » ou « --security tls »",
                "choose “--security starttls” or “--security tls”"
            )),
        ));
    }
    let tls = || {
        TlsParameters::new(server.host.clone()).map_err(|error| {
            let detail = error.to_string();
            Box::new(
                Diagnostic::error(
                    "E1022",
                    say!(
                        "la connexion ne peut pas être chiffrée : {detail}",
                        "the connection cannot be encrypted: {detail}"
                    ),
                )
                .help(say!(
                    "vérifiez le nom du serveur et les certificats de ce poste",
                    "check the server’s name and this machine’s certificates"
                )),
            )
        })
    };
    let (tls, port) = match server.security {
        Security::Tls => (Tls::Wrapper(tls()?), 465),
        Security::StartTls => (Tls::Required(tls()?), 587),
        Security::None => (Tls::None, 25),
    };
    let mut builder = SmtpTransport::builder_dangerous(&server.host)
        .port(server.port.unwrap_or(port))
        .tls(tls)
        .timeout(Some(PATIENCE));
    if let Some((name, password)) = &server.credentials {
        builder = builder.credentials(Credentials::new(name.clone(), password.clone()));
    }
    Ok(builder.build())
}

/// Says why a server did not take a message, in words that lead somewhere.
fn refused(server: &Server, to: &Mailbox, error: &Error) -> Diagnostic {
    let host = server.port.map_or_else(|| server.host.clone(), |port| format!("{}:{port}", server.host));
    let detail = chain(error);
    let reason = plainly(&detail);
    let code: Option<u16> = error.status().map(u16::from);
    if matches!(code, Some(530 | 534 | 535 | 538)) || detail.contains("No compatible authentication") {
        return Diagnostic::error(
            "E1023",
            say!(
                "le serveur « {host} » refuse le nom ou le mot de passe",
                "the server “{host}” refuses the name or the password"
            ),
        )
        .help(say!(
            "vérifiez ESSAIM_SMTP_UTILISATEUR et ESSAIM_SMTP_MOT_DE_PASSE ; le serveur répond : {reason}",
            "check ESSAIM_SMTP_UTILISATEUR and ESSAIM_SMTP_MOT_DE_PASSE; the server answers: {detail}"
        ));
    }
    if matches!(code, Some(450 | 550 | 551 | 553)) {
        let to = to.email.to_string();
        return Diagnostic::error(
            "E1024",
            say!(
                "le serveur « {host} » refuse le destinataire « {to} »",
                "the server “{host}” refuses the recipient “{to}”"
            ),
        )
        .help(say!(
            "vérifiez l’adresse, et que ce serveur accepte d’écrire hors de chez lui ; il répond : {reason}",
            "check the address, and that this server sends outside; it answers: {detail}"
        ));
    }
    if error.is_tls() || detail.to_lowercase().contains("certificate") || detail.contains("STARTTLS") {
        return Diagnostic::error(
            "E1022",
            say!(
                "la connexion à « {host} » ne peut pas être chiffrée : {reason}",
                "the connection to “{host}” cannot be encrypted: {detail}"
            ),
        )
        .help(say!(
            "essayez « --security tls » (port 465) ou « --security starttls » (port 587)",
            "try “--security tls” (port 465) or “--security starttls” (port 587)"
        ));
    }
    if error.is_permanent() || error.is_transient() {
        return Diagnostic::error(
            "E1025",
            say!(
                "le serveur « {host} » refuse le message : {reason}",
                "the server “{host}” refuses the message: {detail}"
            ),
        )
        .help(say!(
            "vérifiez que l’adresse d’« expediteur » est permise par ce serveur",
            "check that this server allows the address of “expediteur”"
        ));
    }
    if error.is_timeout() {
        let seconds = PATIENCE.as_secs();
        return Diagnostic::error(
            "E1026",
            say!(
                "le serveur « {host} » ne répond pas après {seconds} secondes",
                "the server “{host}” does not answer after {seconds} seconds"
            ),
        )
        .help(say!(
            "vérifiez le nom et le port ; un pare-feu bloque souvent le port 25",
            "check the name and the port; firewalls often block port 25"
        ));
    }
    Diagnostic::error(
        "E1026",
        say!("le serveur « {host} » n’est pas joignable : {reason}", "the server “{host}” cannot be reached: {detail}"),
    )
    .help(say!(
        "vérifiez ESSAIM_SMTP_SERVEUR, le port et la connexion de ce poste",
        "check ESSAIM_SMTP_SERVEUR, the port and this machine’s connection"
    ))
}

/// Says in French the reasons that systems give in English; what a server answers stays as it is.
fn plainly(detail: &str) -> String {
    let lower = detail.to_lowercase();
    let known = [
        ("connection refused", "aucun serveur ne répond à ce port"),
        ("failed to lookup address", "ce nom de serveur n’existe pas"),
        ("no route to host", "ce réseau ne mène pas jusqu’à lui"),
        ("network is unreachable", "ce poste n’a pas de réseau"),
        ("connection reset", "il a coupé la connexion"),
        ("starttls is not supported", "il ne sait pas chiffrer après l’accueil (STARTTLS)"),
        ("certificate", "son certificat n’est pas reconnu"),
        ("no compatible authentication", "il ne demande pas de mot de passe"),
        ("corrupt message", "il ne chiffre pas à ce port"),
    ];
    known
        .iter()
        .find(|(english, _)| lower.contains(english))
        .map_or_else(|| detail.to_owned(), |(_, french)| (*french).to_owned())
}

/// Returns the innermost reasons of an error, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut parts = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        parts.push(super::issue::one_line(&cause.to_string()));
        next = cause.source();
    }
    parts.pop().unwrap_or_else(|| super::issue::one_line(&error.to_string()))
}
