#!/usr/bin/env python3
"""An AI phone dispatcher that logs one call to Toneout. Needs Python 3.8 and requests, nothing else.

BASE_URL=http://127.0.0.1:8080 TONEOUT_KEY=tone_... python3 ai_dispatcher.py
BASE_URL=http://127.0.0.1:8080 TONEOUT_USERNAME=agent TONEOUT_PASSWORD=... python3 ai_dispatcher.py
"""
import os
import sys
import time
import uuid

import requests


class Toneout:
    """One session for all calls: signs in once, refreshes its token, tries again what failed in passing."""

    def __init__(self, base_url, key=None, username=None, password=None):
        self.base, self.login = base_url.rstrip("/"), {"username": username, "password": password}
        self.http, self.refresh = requests.Session(), None
        if key:
            self.http.headers["Authorization"] = f"Bearer {key}"
        else:
            self.sign_in()

    def sign_in(self):
        tokens = self.request("POST", "/api/token/", self.login, anonymous=True)
        self.refresh = tokens["refresh"]
        self.http.headers["Authorization"] = f"Bearer {tokens['access']}"

    def renew(self):
        """An access token lives an hour, a refresh token a day; after that, sign in again."""
        try:
            token = self.request("POST", "/api/token/refresh/", {"refresh": self.refresh}, anonymous=True)
            self.http.headers["Authorization"] = f"Bearer {token['access']}"
        except requests.HTTPError:
            self.sign_in()

    def request(self, method, path, body, key=None, anonymous=False, tries=6):
        """The parsed reply. Sending again is safe: call_sid and Idempotency-Key make one thing of many."""
        headers = {"Authorization": None} if anonymous else {}
        if key:
            headers["Idempotency-Key"] = key
        renewals, last = 0 if self.refresh and not anonymous else 2, None
        for attempt in range(tries):
            try:
                last = self.http.request(method, self.base + path, json=body, headers=headers, timeout=10)
            except (requests.ConnectionError, requests.Timeout):
                if attempt == tries - 1:
                    raise
                time.sleep(min(0.2 * 2**attempt, 5))
                continue
            if last.status_code == 401 and renewals < 2:
                renewals += 1
                self.renew()
            elif last.status_code == 429 or last.status_code >= 500:
                time.sleep(float(last.headers.get("Retry-After", min(0.2 * 2**attempt, 5))))
            else:
                break
        last.raise_for_status()
        return last.json()

    def open_call(self, call_sid, caller_number, **facts):
        body = {"call_sid": call_sid, "caller_number": caller_number, **facts}
        return self.request("POST", "/api/calls/", body)

    def say(self, call_sid, sequence, speaker, message, **details):
        body = {"speaker": speaker, "message": message, "sequence": sequence, **details}
        path = f"/api/calls/{call_sid}/interactions/"
        return self.request("POST", path, body, key=f"{call_sid}-{sequence}")

    def revise(self, call_sid, interaction_id, message, is_final=True):
        path = f"/api/calls/{call_sid}/interactions/{interaction_id}/"
        return self.request("PATCH", path, {"message": message, "is_final": is_final})

    def update(self, call_sid, **facts):
        return self.request("PUT", f"/api/calls/{call_sid}/", facts)


def main():
    env = os.environ
    key, user, password = env.get("TONEOUT_KEY"), env.get("TONEOUT_USERNAME"), env.get("TONEOUT_PASSWORD")
    if not key and not (user and password):
        print("Set TONEOUT_KEY, or TONEOUT_USERNAME and TONEOUT_PASSWORD.", file=sys.stderr)
        return 2
    toneout = Toneout(env.get("BASE_URL", "http://127.0.0.1:8080"), key, user, password)
    sid = env.get("CALL_SID", f"CA{uuid.uuid4().hex}")
    call = toneout.open_call(sid, "+15555550142", emergency_type="MEDICAL")
    toneout.say(sid, 1, "SYSTEM", "911. What is the address of the emergency?")
    heard = toneout.say(sid, 2, "CALLER", "214 kestrel my dad", confidence=0.61, is_final=False)
    toneout.revise(sid, heard["id"], "214 Kestrel Street. My dad fell, he can't get up.")
    toneout.update(sid, location="214 Kestrel Street, Saltmarsh", priority_level="undefined", latitude=None)
    toneout.say(sid, 3, "SYSTEM", "Is he awake and breathing normally?")
    toneout.say(sid, 4, "CALLER", "Yes. His hip hurts.", confidence=0.93, language="en")
    toneout.update(sid, emergency_type="TRAUMA", priority_level="MEDIUM", status="IN_PROGRESS")
    ended = toneout.update(sid, status="COMPLETED")
    print(f"{call['id']} {sid} {ended['status']}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except requests.RequestException as error:
        detail = error.response.text if error.response is not None else error
        print(f"Toneout: {detail}", file=sys.stderr)
        sys.exit(1)
