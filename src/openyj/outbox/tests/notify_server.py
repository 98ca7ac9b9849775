"""An invented GOV.UK Notify on this machine, so that the real client can be tried without a network."""

from __future__ import annotations

import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = "invented-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"


class NotifyServer:
    """Takes messages as Notify does. `answers` are status codes to give instead, one a request; `becomes` says what
    became of every message; `lose_answer` takes a message and breaks off before answering."""

    def __init__(self) -> None:
        self.taken: dict[str, dict] = {}
        self.answers: list[int] = []
        self.becomes = "sending"
        self.lose_answer = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def take(self, asked: dict) -> dict:
        number = str(uuid.uuid4())
        self.taken[number] = asked
        return {"id": number}

    def known(self, reference: str) -> dict:
        found = [{"id": n} for n, asked in self.taken.items() if asked["reference"] == reference]
        return {"notifications": found, "links": {}}

    def handler(self) -> type[BaseHTTPRequestHandler]:
        notify = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if notify.answers:
                    self.answer(notify.answers.pop(0), {"errors": [{"error": "X", "message": "no good"}]})
                    return
                answer = notify.take(asked)
                if notify.lose_answer:
                    self.close_connection = True
                    return
                self.answer(201, answer)

            def do_GET(self) -> None:
                address = urlsplit(self.path)
                if address.path == "/v2/notifications":
                    self.answer(200, notify.known(parse_qs(address.query)["reference"][0]))
                else:
                    self.answer(200, {"id": address.path.rsplit("/", 1)[1], "status": notify.becomes})

            def answer(self, status: int, body: dict) -> None:
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args) -> None: ...

        return Handler
