//! The door of the preview: connections and requests are counted and measured before tiny_http sees them.
//!
//! tiny_http bounds neither the length of a header nor the number of threads. So the door accepts
//! connections itself, reads one request head from each within limits of size and time, passes it on
//! over a private socket, and carries the answer back. Bodies are never read: the preview is read-only.

use std::collections::VecDeque;
use std::io::{self, Read as _, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Connections served at once; a browser opens six to each site, and as many again in advance.
const CONNECTIONS: usize = 512;

/// Connections that may be sending their head at once: past them the oldest is let go, since a browser sends its own in one breath.
const WAITING: usize = 96;

/// The longest head of a request; browsers' are under 4 KiB.
const LONGEST_HEAD: usize = 16 * 1024;

/// The header by which the door says that a request comes from the network; a browser that sends it is not believed.
pub(super) const FROM: &str = "X-Essaim-From";

/// How long the head of a request may take to come.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// How long a browser may leave an answer waiting.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// Opens the private socket that tiny_http listens to.
pub(super) fn private() -> io::Result<(tiny_http::Listener, Way)> {
    #[cfg(target_os = "linux")]
    {
        use std::os::linux::net::SocketAddrExt as _;
        use std::os::unix::net::{SocketAddr, UnixListener};
        use std::sync::atomic::AtomicU32;
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("essaim-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let address = SocketAddr::from_abstract_name(name)?;
        Ok((UnixListener::bind_addr(&address)?.into(), Way(address)))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        Ok((listener.into(), Way(address)))
    }
}

/// The address of the private socket.
#[derive(Debug, Clone)]
pub(super) struct Way(
    #[cfg(target_os = "linux")] std::os::unix::net::SocketAddr,
    #[cfg(not(target_os = "linux"))] std::net::SocketAddr,
);

#[cfg(target_os = "linux")]
type Inner = std::os::unix::net::UnixStream;
#[cfg(not(target_os = "linux"))]
type Inner = TcpStream;

impl Way {
    fn connect(&self) -> io::Result<Inner> {
        #[cfg(target_os = "linux")]
        return Inner::connect_addr(&self.0);
        #[cfg(not(target_os = "linux"))]
        return Inner::connect(self.0);
    }
}

/// Lets connections in, for as long as the listener stands.
pub(super) fn open(listener: &TcpListener, way: &Way) {
    let inside = Arc::new(AtomicUsize::new(0));
    let waiting = Arc::new(Waiting::default());
    loop {
        let Ok((client, _)) = listener.accept() else {
            // Too many open files: those that are being served will free some.
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        let turn = waiting.add(&client);
        let place = Place::take(&inside);
        let (way, waiting) = (way.clone(), Arc::clone(&waiting));
        let serve = move || match place {
            Some(_place) => pass(client, &way, || waiting.remove(turn)),
            None => {
                waiting.remove(turn);
                refuse(client, "503 Service Unavailable", "trop de connexions à la fois");
            }
        };
        // A machine without a thread to spare drops the connection; the browser asks again.
        std::thread::Builder::new().stack_size(128 * 1024).spawn(serve).ok();
    }
}

/// The connections whose head has not come yet, the oldest first.
#[derive(Default)]
struct Waiting {
    next: AtomicUsize,
    line: Mutex<VecDeque<(usize, TcpStream)>>,
}

impl Waiting {
    /// Adds a connection, and lets the oldest go when there are too many.
    fn add(&self, client: &TcpStream) -> usize {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        if let Ok(other) = client.try_clone() {
            let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
            line.push_back((turn, other));
            if line.len() > WAITING
                && let Some((_, oldest)) = line.pop_front()
            {
                oldest.shutdown(Shutdown::Both).ok();
            }
        }
        turn
    }

    /// Takes a connection out of the line: its head is there, or never will be.
    fn remove(&self, turn: usize) {
        self.line.lock().unwrap_or_else(PoisonError::into_inner).retain(|(other, _)| *other != turn);
    }
}

/// One of the places inside; given back when dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(inside: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(Arc::clone(inside));
        (inside.fetch_add(1, Ordering::AcqRel) < CONNECTIONS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Passes one request on, and its answer back.
fn pass(mut client: TcpStream, way: &Way, arrived: impl FnOnce()) {
    client.set_nodelay(true).ok();
    let is_guest = !client.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback());
    let head = read_head(&mut client, is_guest);
    arrived();
    let head = match head {
        Ok(Head::Whole(head)) => head,
        Ok(Head::Refused(status, why)) => return refuse(client, status, why),
        Err(_) => return,
    };
    let Ok(mut inner) = way.connect() else {
        return refuse(client, "503 Service Unavailable", "l’aperçu se ferme");
    };
    client.set_write_timeout(Some(ANSWER_TIME)).ok();
    if inner.write_all(&head).is_ok() {
        io::copy(&mut inner, &mut client).ok();
    }
    client.shutdown(Shutdown::Both).ok();
}

enum Head {
    Whole(Vec<u8>),
    Refused(&'static str, &'static str),
}

fn read_head(client: &mut TcpStream, is_guest: bool) -> io::Result<Head> {
    let start = Instant::now();
    let mut head = Vec::with_capacity(1024);
    let mut chunk = [0; 2048];
    loop {
        let Some(left) = HEAD_TIME.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) else {
            return Ok(Head::Refused("408 Request Timeout", "la demande n’arrive pas"));
        };
        client.set_read_timeout(Some(left))?;
        let count = match client.read(&mut chunk) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => count,
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                continue;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        head.extend_from_slice(&chunk[..count]);
        // The end may straddle two readings.
        let from = head.len().saturating_sub(count + 3);
        if let Some(end) = head[from..].windows(4).position(|window| window == b"\r\n\r\n") {
            head.truncate(from + end + 2);
            return Ok(rewritten(&head, is_guest));
        }
        if head.len() > LONGEST_HEAD {
            return Ok(Head::Refused("431 Request Header Fields Too Large", "cette demande est trop longue"));
        }
    }
}

/// Keeps of a head what tiny_http should see: one request a connection, without a body.
fn rewritten(head: &[u8], is_guest: bool) -> Head {
    const DROPPED: [&str; 8] =
        ["connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding", "upgrade", "x-essaim-from"];
    const BAD: Head = Head::Refused("400 Bad Request", "cette demande n’est pas écrite correctement");
    let Some(text) = std::str::from_utf8(head).ok().filter(|text| text.is_ascii()) else {
        return BAD;
    };
    let mut lines = text.split_terminator("\r\n");
    let Some(first) = lines.next() else {
        return BAD;
    };
    let mut words = first.split(' ');
    let (method, target, version) = (words.next(), words.next(), words.next());
    if words.next().is_some() || target.is_none() || !matches!(version, Some("HTTP/1.1" | "HTTP/1.0")) {
        return BAD;
    }
    if !matches!(method, Some("GET" | "HEAD")) {
        return Head::Refused("405 Method Not Allowed", "seules les lectures sont permises");
    }
    let mut out = format!("{first}\r\n");
    for line in lines {
        let Some((name, _)) = line.split_once(':') else {
            return BAD;
        };
        if name.is_empty() || name.contains([' ', '\t']) || line.contains(['\r', '\n', '\0']) {
            return BAD;
        }
        if !DROPPED.contains(&name.to_ascii_lowercase().as_str()) {
            out.push_str(line);
            out.push_str("\r\n");
        }
    }
    if is_guest {
        out.push_str(&format!("{FROM}: reseau\r\n"));
    }
    out.push_str("Connection: close\r\n\r\n");
    Head::Whole(out.into_bytes())
}

/// Answers at the door, and lets the browser read the answer before the connection closes.
fn refuse(mut client: TcpStream, status: &str, why: &str) {
    client.set_write_timeout(Some(Duration::from_secs(1))).ok();
    let allow = if status.starts_with("405") { "Allow: GET, HEAD\r\n" } else { "" };
    let length = why.len() + 1;
    let answer = format!(
        "HTTP/1.1 {status}\r\n{allow}Content-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\n\
         X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{why}\n"
    );
    if client.write_all(answer.as_bytes()).is_ok() {
        client.shutdown(Shutdown::Write).ok();
        client.set_read_timeout(Some(Duration::from_millis(200))).ok();
        let mut rest = [0; 4096];
        for _ in 0..16 {
            if !client.read(&mut rest).is_ok_and(|count| count > 0) {
                break;
            }
        }
    }
}
