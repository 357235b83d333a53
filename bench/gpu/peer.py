"""A program that answers each line of its standard input with a line of JSON, and may be slow, fail or hang."""
import json
import queue
import subprocess
import threading


class PeerError(Exception):
    """What a peer could not do, in words for the report."""


class Peer:
    """Keeps the program running between requests; starts it again after a failure, which may have harmed its device."""

    def __init__(self, name, command, env, log):
        self.name, self._command, self._env, self._log = name, command, env, log
        self._process = self._lines = None

    def ask(self, *words, timeout):
        """Sends a request and returns the answer, a dictionary. Raises PeerError."""
        if self._process is None:
            self._start()
        try:
            self._process.stdin.write("\t".join(str(word) for word in words) + "\n")
            self._process.stdin.flush()
            line = self._lines.get(timeout=max(timeout, 1))
        except queue.Empty:
            self.stop()
            raise PeerError(f"no answer within {timeout:.0f} s") from None
        except BrokenPipeError:
            line = ""
        if not line:
            code = self._process.wait()
            self.stop()
            raise PeerError(f"the program ended with exit code {code}; its words are in the log")
        answer = json.loads(line)
        if "error" in answer:
            # Unless it says that it is as good as before.
            if answer.get("fatal", True):
                self.stop()
            raise PeerError(answer["error"])
        return answer

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _start(self):
        self._process = subprocess.Popen(
            self._command, env=self._env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, args=(self._process.stdout, self._lines), daemon=True).start()

    @staticmethod
    def _read(stream, lines):
        for line in stream:
            lines.put(line)
        lines.put("")
