"""Receives webhooks for a test: receiver.py DIRECTORY.

Verifies each message by the code in docs/WEBHOOKS.md (verify.py) with the secret in the file secret, answers with the next
status in the file answers (200 when there is none), and prints what came as a line of JSON.
"""
import http.server, json, pathlib, sys

directory = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(directory))
from verify import verify


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        secret = (directory / "secret").read_text() if (directory / "secret").exists() else "whsec_"
        answers = directory / "answers"
        statuses = answers.read_text().split() if answers.exists() else []
        status = int(statuses.pop(0)) if statuses else 200
        answers.write_text("\n".join(statuses))
        message = json.loads(body)
        line = {
            "id": self.headers["webhook-id"],
            "type": message["type"],
            "verified": verify(secret, self.headers, body),
            "forged": verify(secret, self.headers, body + b" "),
            "status": status,
            "sequence": message["data"].get("sequence"),
            "text": body.decode(),
        }
        print(json.dumps(line, sort_keys=True), flush=True)
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
print(f"port {server.server_address[1]}", flush=True)
server.serve_forever()
