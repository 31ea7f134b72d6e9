"""Starts the kernel named on the command line, asks it for 1 + 1, and prints its answer."""

import sys

from jupyter_client.manager import start_new_kernel


def main() -> int:
    manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=60)
    answers = []

    def take(message: dict) -> None:
        content = message["content"]
        if message["msg_type"] == "execute_result":
            answers.append(content["data"].get("text/plain", ""))
        elif message["msg_type"] == "stream":
            answers.append(content["text"].strip())

    try:
        reply = client.execute_interactive("1 + 1", timeout=60, output_hook=take)
        print(f"{reply['content']['status']} {' '.join(answers)}".strip())
        return 0 if reply["content"]["status"] == "ok" and answers == ["2"] else 1
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    sys.exit(main())
