"""Runs a command in a pseudo-terminal: its screen goes to stdout, lines of stdin are keys."""
import os
import pty
import sys
import threading

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])


def type_keys():
    for line in sys.stdin:
        os.write(terminal, line.rstrip("\n").encode())


threading.Thread(target=type_keys, daemon=True).start()
while True:
    try:
        screen = os.read(terminal, 65536)
    except OSError:
        break
    if not screen:
        break
    sys.stdout.buffer.write(screen)
    sys.stdout.buffer.flush()
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
