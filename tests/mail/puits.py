"""An SMTP sink for `essaim letter test`, run by hand: with and without TLS, wrong credentials, refused recipients, a dead server.

    pip install aiosmtpd
    python3 tests/mail/puits.py target/debug/essaim CERTIFICAT.pem CLE.pem [DOSSIER]

The certificate is for « localhost ». Prints one line for each case and ends with 1 when one of them is wrong.
"""

import email
import email.policy
import os
import ssl
import subprocess
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Sink:
    def __init__(self):
        self.received = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("personne@"):
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lettre", b"sesame")
    return AuthResult(success=good, handled=False if not good else True)


def run(program, folder, arguments, environment, expected, wanted):
    done = subprocess.run(
        [program, "--root", folder, "letter", "test", "dernier", *arguments],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=60,
    )
    said = done.stderr.strip().splitlines()
    good = done.returncode == expected and any(wanted in line for line in said)
    print("ok  " if good else "FAUX", arguments, done.returncode, said[:2])
    return good


def main():
    program, certificate, key = sys.argv[1:4]
    folder = sys.argv[4] if len(sys.argv) > 4 else "."
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    sink = Sink()
    plain = Controller(sink, hostname="127.0.0.1", port=8025)
    start = Controller(sink, hostname="127.0.0.1", port=8587, tls_context=context, require_starttls=True,
                       authenticator=authenticate, auth_required=True)
    whole = Controller(sink, hostname="127.0.0.1", port=8465, ssl_context=context)
    for controller in (plain, start, whole):
        controller.start()
    trust = {"SSL_CERT_FILE": certificate}
    login = {"ESSAIM_SMTP_UTILISATEUR": "lettre", "ESSAIM_SMTP_MOT_DE_PASSE": "sesame"}
    to = ["--to", "moi@exemple.fr"]
    results = [
        run(program, folder, [*to, "--server", "localhost:8025"], {}, 0, "est parti"),
        run(program, folder, [*to, "--server", "localhost:8587", "--security", "starttls"], {**trust, **login}, 0, "est parti"),
        run(program, folder, [*to, "--server", "localhost:8465", "--security", "tls"], trust, 0, "est parti"),
        run(program, folder, to, {**trust, **login, "ESSAIM_SMTP_SERVEUR": "localhost:8587", "ESSAIM_SMTP_SECURITE": "starttls"}, 0, "est parti"),
        run(program, folder, [*to, "--server", "localhost:8587", "--security", "starttls"], {**trust, **login, "ESSAIM_SMTP_MOT_DE_PASSE": "faux"}, 3, "E1023"),
        run(program, folder, ["--to", "personne@exemple.fr", "--server", "localhost:8025"], {}, 3, "E1024"),
        run(program, folder, [*to, "--server", "localhost:8465", "--security", "tls"], {}, 3, "E1022"),
        run(program, folder, [*to, "--server", "localhost:8025", "--security", "starttls"], trust, 3, "E1022"),
        run(program, folder, [*to, "--server", "localhost:9"], {}, 3, "E1026"),
        run(program, folder, [*to, "--server", "smtp.invalid:587"], {}, 3, "E1026"),
        run(program, folder, [*to, "--server", "smtp.exemple.fr:25", "--security", "aucune"], login, 2, "E1021"),
    ]
    for controller in (plain, start, whole):
        controller.stop()
    for sender, recipients, content in sink.received:
        message = email.message_from_bytes(content, policy=email.policy.default)
        parts = [part.get_content_type() for part in message.walk()]
        good = parts == ["multipart/alternative", "text/plain", "text/html"] and message["subject"].startswith("[Essai] ")
        good = good and recipients == ["moi@exemple.fr"] and not message.defects
        print("ok  " if good else "FAUX", sender, recipients, message["subject"], parts)
        results.append(good)
    results.append(len(sink.received) == 4)
    sys.exit(0 if all(results) else 1)


main()
