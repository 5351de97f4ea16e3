//! The preview on the local network: its address there, and the token without which nobody gets in.

use std::hash::{BuildHasher as _, RandomState};
use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// The name of the token in the address of a first visit.
const NAME: &str = "jeton";

/// The name of the cookie that holds it afterwards.
const COOKIE: &str = "essaim_apercu";

/// How guests get in.
#[derive(Debug, Clone)]
pub(super) struct Lan {
    /// Of this computer on the network.
    address: IpAddr,
    token: String,
}

impl Lan {
    /// Finds this computer's address on the network and draws a token; nothing without a network.
    pub fn open() -> Option<Self> {
        Some(Self { address: own_address()?, token: token() })
    }

    /// Returns the address to give to a guest.
    pub fn invitation(&self, port: u16) -> String {
        format!("http://{}/?{NAME}={}", self.host(port), self.token)
    }

    /// Returns whether a host is this computer's on the network.
    pub fn is_host(&self, host: &str, port: u16) -> bool {
        host.eq_ignore_ascii_case(&self.host(port))
    }

    /// Returns whether one of the cookies holds the token.
    pub fn admits<'c>(&self, cookies: impl Iterator<Item = &'c str>) -> bool {
        cookies
            .flat_map(|list| list.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .any(|(name, value)| name == COOKIE && self.is_token(value))
    }

    /// Returns the rest of a query that holds the token: what to ask once the cookie is set.
    pub fn invited(&self, query: &str) -> Option<String> {
        let (own, others): (Vec<&str>, Vec<&str>) = query
            .trim_start_matches('?')
            .split('&')
            .filter(|part| !part.is_empty())
            .partition(|part| part.split_once('=').is_some_and(|(name, _)| name == NAME));
        let is_known = own.iter().filter_map(|part| part.split_once('=')).any(|(_, value)| self.is_token(value));
        is_known.then(|| if others.is_empty() { String::new() } else { format!("?{}", others.join("&")) })
    }

    /// Returns the cookie of an invited guest: for as long as the browser stays open, and for this preview alone.
    pub fn cookie(&self) -> String {
        format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", self.token)
    }

    fn host(&self, port: u16) -> String {
        match self.address {
            IpAddr::V4(address) => format!("{address}:{port}"),
            IpAddr::V6(address) => format!("[{address}]:{port}"),
        }
    }

    /// Hashes are compared, in a time that says nothing of where they differ.
    fn is_token(&self, given: &str) -> bool {
        blake3::hash(given.as_bytes()) == blake3::hash(self.token.as_bytes())
    }
}

/// Returns the address that this computer would speak from; no byte is sent.
fn own_address() -> Option<IpAddr> {
    // Addresses kept for documentation and private networks: the system only looks for the way there.
    let ways = [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 168, 1, 1), Ipv4Addr::new(10, 0, 0, 1)];
    ways.into_iter().find_map(|way| {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        socket.connect((way, 9)).ok()?;
        let address = socket.local_addr().ok()?.ip();
        (!address.is_loopback() && !address.is_unspecified()).then_some(address)
    })
}

/// Draws 128 bits: the standard library keys its hash tables from the system's source of randomness, and what a keyed
/// hash gives cannot be told from chance without the key.
fn token() -> String {
    let keyed = RandomState::new();
    (0_u8..2).map(|half| format!("{:016x}", keyed.hash_one((half, std::process::id())))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_lets_in() {
        let lan = Lan { address: Ipv4Addr::new(192, 168, 1, 12).into(), token: token() };
        let own = &lan.token;
        assert!(own.len() == 32 && token() != *own);
        assert_eq!(lan.invitation(4000), format!("http://192.168.1.12:4000/?jeton={own}"));
        assert!(lan.is_host("192.168.1.12:4000", 4000) && !lan.is_host("192.168.1.12:4001", 4000));
        let cases = [
            (format!("?jeton={own}"), Some("")),
            (format!("?q=eau&jeton={own}"), Some("?q=eau")),
            ("?jeton=".to_owned(), None),
            (format!("?jeton={own}0"), None),
            (String::new(), None),
        ];
        for (query, rest) in cases {
            assert_eq!(lan.invited(&query).as_deref(), rest, "{query}");
        }
        assert!(lan.admits([format!("a=b; essaim_apercu={own}").as_str()].into_iter()));
        assert!(!lan.admits(["essaim_apercu=; a=essaim_apercu"].into_iter()));
    }
}
