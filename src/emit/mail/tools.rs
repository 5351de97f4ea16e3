//! The sending tools and the variables they replace in a message: facts of their documentations, kept in one table.

use ecow::EcoString;

/// A tool that sends a letter to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Brevo,
    Mailchimp,
    Mailjet,
    Sympa,
}

/// Every tool, in the order of their names.
pub const TOOLS: &[Tool] = &[Tool::Brevo, Tool::Mailchimp, Tool::Mailjet, Tool::Sympa];

impl Tool {
    /// Returns the tool of a name, such as that of the key `outil`.
    pub fn named(name: &str) -> Option<Tool> {
        TOOLS.iter().copied().find(|tool| tool.name() == name.trim().to_lowercase())
    }

    /// Returns the name that writers type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brevo => "brevo",
            Self::Mailchimp => "mailchimp",
            Self::Mailjet => "mailjet",
            Self::Sympa => "sympa",
        }
    }

    /// Returns the name that readers know.
    pub fn label(self) -> &'static str {
        match self {
            Self::Brevo => "Brevo",
            Self::Mailchimp => "Mailchimp",
            Self::Mailjet => "Mailjet",
            Self::Sympa => "Sympa",
        }
    }

    /// Returns what the tool replaces by the address at which a reader unsubscribes.
    pub fn unsubscribe(self, language: &str) -> &'static str {
        match self {
            Self::Brevo => "{{ unsubscribe }}",
            Self::Mailchimp => "*|UNSUB|*",
            Self::Mailjet if language.starts_with("en") => "[[UNSUB_LINK_EN]]",
            Self::Mailjet => "[[UNSUB_LINK_FR]]",
            Self::Sympa => "[% 'auto_signoff' | url_abs([listname],{email=>user.email}) %]",
        }
    }

    /// Returns what the tool replaces by the sender's postal address, when it asks for it in every message.
    pub fn postal_address(self) -> Option<&'static str> {
        match self {
            Self::Mailchimp => Some("*|LIST:ADDRESSLINE|*"),
            Self::Brevo | Self::Mailjet | Self::Sympa => None,
        }
    }
}

/// Returns whether an address is a variable of a sending tool: it is replaced when the letter is sent.
pub fn is_variable(address: &str) -> bool {
    [("{{", "}}"), ("*|", "|*"), ("[[", "]]"), ("[%", "%]"), ("%%", "%%")].iter().any(|(open, close)| {
        let address = address.trim();
        address.len() > open.len() + close.len() && address.contains(open) && address.contains(close)
    })
}

/// Returns where a reader unsubscribes: what the letter says, put in the words of the tool when the letter names another one.
pub fn unsubscribe(
    written: Option<&EcoString>,
    own: Option<Tool>,
    asked: Option<Tool>,
    language: &str,
) -> Option<String> {
    let written = written.map(|text| text.trim()).filter(|text| !text.is_empty());
    match (written, asked.or(own)) {
        // An address of the sender's own holds for every tool.
        (Some(address), _) if !is_variable(address) => Some(with_scheme(address)),
        // A variable holds only for the tool it was written for.
        (Some(variable), None) => Some(variable.to_owned()),
        (Some(variable), Some(tool)) if asked.is_none() || own == Some(tool) => Some(variable.to_owned()),
        (_, Some(tool)) => Some(tool.unsubscribe(language).to_owned()),
        (None, None) => None,
    }
}

fn with_scheme(address: &str) -> String {
    let bare = !address.contains(':') && address.contains('@') && !address.contains('/');
    if bare { format!("mailto:{address}") } else { address.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_follows_the_tool_and_an_address_does_not() {
        let brevo: EcoString = "{{ unsubscribe }}".into();
        let page: EcoString = "https://exemple.fr/stop".into();
        let mail: EcoString = "stop@exemple.fr".into();
        assert_eq!(unsubscribe(Some(&brevo), None, None, "fr").as_deref(), Some("{{ unsubscribe }}"));
        assert_eq!(unsubscribe(Some(&brevo), None, Some(Tool::Mailchimp), "fr").as_deref(), Some("*|UNSUB|*"));
        assert_eq!(unsubscribe(Some(&page), None, Some(Tool::Sympa), "fr").as_deref(), Some("https://exemple.fr/stop"));
        assert_eq!(unsubscribe(Some(&mail), None, None, "fr").as_deref(), Some("mailto:stop@exemple.fr"));
        assert_eq!(unsubscribe(None, Some(Tool::Mailjet), None, "fr").as_deref(), Some("[[UNSUB_LINK_FR]]"));
        assert_eq!(unsubscribe(None, None, None, "fr"), None);
    }

    #[test]
    fn every_variable_is_known_as_one() {
        for tool in TOOLS {
            assert!(is_variable(tool.unsubscribe("fr")), "{}", tool.name());
            assert_eq!(Tool::named(tool.name()), Some(*tool));
        }
        assert!(!is_variable("https://exemple.fr/"));
    }
}
