"""The protocol, as PyPI's jupyter_kernel_test sees it: every sample that TypeScript can have."""

import os
import unittest

import jupyter_kernel_test as jkt


class UnrolledKernelTests(jkt.KernelTests):
    kernel_name = os.environ.get("UNROLLED_KERNEL", "tslab")
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world');"
    code_stderr = "console.error('oops');"

    completion_samples = [
        {"text": "Math.sq", "matches": {"sqrt"}},
        {"text": "consol", "matches": {"console"}},
    ]
    complete_code_samples = ["1 + 1", "const a = 5;", "function f() {\n  return 1;\n}", "await Promise.resolve(1)"]
    incomplete_code_samples = ["function f() {", "const a = [1,", "`a template", "/* a comment", "f(1,"]
    invalid_code_samples = ["const const = 3;", "let 1a = 2;", "} 5", "const a = ) 5"]

    code_generate_error = "throw new RangeError('out')"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "1 - 2", "result": "-1"},
        {"code": "'1a2'.toUpperCase()", "result": "'1A2'"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
    ]
    code_display_data = [
        {
            "code": "(globalThis as any)[Symbol.for('unrolled.kernel')].display({'text/html': '<b>x</b>'})",
            "mime": "text/html",
        },
        {
            "code": "(globalThis as any)[Symbol.for('unrolled.kernel')].display({'image/svg+xml': '<svg/>'})",
            "mime": "image/svg+xml",
        },
    ]
    code_history_pattern = "1 + ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_page_something = "(globalThis as any)[Symbol.for('unrolled.kernel')].page({'text/plain': 'a page'})"
    code_clear_output = "(globalThis as any)[Symbol.for('unrolled.kernel')].clearOutput()"


if __name__ == "__main__":
    unittest.main()
