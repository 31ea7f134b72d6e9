// The direction of imports between the large rooms (ARCHITECTURE.md, "The picture") is a rule here;
// test/architecture.test.ts holds every file to the whole picture.
import js from "@eslint/js";
import { globalIgnores } from "eslint/config";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

/** Forbids imports that match the patterns, and says why. */
function forbid(files, patterns, ignores = []) {
  return { files, ignores, rules: { "no-restricted-imports": ["error", { patterns }] } };
}

const exportedFunctions = "ExportNamedDeclaration > FunctionDeclaration";
const publicMethods =
  "ExportNamedDeclaration > ClassDeclaration > ClassBody > MethodDefinition[kind='method'][accessibility=undefined]:not([key.type='PrivateIdentifier'])";

/** Asks doc comments for each parameter and the result; what is thrown: test/docComments.test.ts. */
function saysAll(...contexts) {
  return {
    "jsdoc/require-param": ["error", { contexts, checkDestructured: false }],
    "jsdoc/require-returns": ["error", { contexts }],
  };
}

const nodeOnly = {
  group: ["node:*", "fs", "path", "os", "child_process", "worker_threads"],
  message:
    "The library must run in a browser: no Node modules in src (but kernel/ and engine/node/).",
};
/** Folders that a room must not import from. */
const outside = (...folders) => ({
  group: folders.map((folder) => `**/${folder}/**`),
  message: "Against the direction of imports: see ARCHITECTURE.md, The picture.",
});
const heavy = {
  group: ["mathjs", "@tensorflow/*", "vega", "vega-lite", "tslab"],
  message: "Costs a second to load: recognise its values by shape, or load it on demand.",
  allowTypeImports: true,
};

export default tseslint.config(
  globalIgnores([
    "dist/",
    "**/node_modules/",
    "**/.venv/",
    "my-work/",
    "coverage/",
    "test/submissions/",
    "src/engine/assembly/operations.ts", // AssemblyScript: a language of its own
    "src/engine/operationBytes.ts", // generated
  ]),
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
        { selector: "TSEnumDeclaration", message: "Use a union of literals." },
        { selector: "TSModuleDeclaration[kind='namespace']", message: "No namespaces." },
        { selector: "TSParameterProperty", message: "Write the field out." },
      ],
    },
  },
  {
    files: ["src/**/*.ts"],
    plugins: { jsdoc },
    rules: {
      "jsdoc/require-jsdoc": ["error", { publicOnly: true }],
      "jsdoc/require-param-description": "error",
      "jsdoc/require-returns-description": "error",
      "jsdoc/check-param-names": ["error", { checkDestructured: false }],
      ...saysAll(exportedFunctions, publicMethods),
    },
  },
  {
    // Methods that only their own room calls: their one line says what t, x and place are. In the
    // engine these are all but what openEngine gives; the kernel's classes meet nobody else.
    files: ["src/engine/**/*.ts", "src/kernel/**/*.ts"],
    ignores: ["src/engine/engine.ts", "src/engine/network.ts", "src/engine/memory.ts"],
    rules: saysAll(exportedFunctions),
  },
  {
    // What other rooms call. What only its own room or the command line calls has its one sentence.
    files: [
      "exercises/*.ts",
      "grader/{values,compare,judge,words,practice,sandbox}/*.ts",
      "grader/class/{intake,policy,formats}/*.ts",
    ],
    plugins: { jsdoc },
    rules: {
      "jsdoc/require-param-description": "error",
      "jsdoc/require-returns-description": "error",
      "jsdoc/check-param-names": ["error", { checkDestructured: false }],
      ...saysAll(exportedFunctions),
    },
  },
  {
    files: ["bin/common/*.mjs"],
    plugins: { jsdoc },
    rules: saysAll(exportedFunctions),
  },
  {
    // A starter's arguments wait for the learner.
    files: ["exercises/*/starter.ts"],
    rules: { "@typescript-eslint/no-unused-vars": "off" },
  },
  {
    // Typed by their list's annotation, which the rule does not follow into an array.
    files: ["exercises/*/honest.ts"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  {
    files: ["bin/**/*.mjs", "bench/*.mjs", "src/engine/assembly/*.mjs", "*.js"],
    languageOptions: {
      globals: {
        AbortSignal: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        clearInterval: "readonly",
        clearTimeout: "readonly",
        console: "readonly",
        fetch: "readonly",
        process: "readonly",
        setInterval: "readonly",
        setTimeout: "readonly",
      },
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      globals: {
        console: "readonly",
        module: "writable",
        process: "readonly",
        require: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // Read by whatever Node there is, to say that it is too old.
    files: ["bin/unrolled.mjs"],
    rules: {
      "no-var": "off",
      "prefer-const": "off",
      "no-restricted-syntax": [
        "error",
        ...[
          "ChainExpression",
          "LogicalExpression[operator='??']",
          "AwaitExpression",
          "ImportDeclaration",
        ].map((selector) => ({
          selector,
          message: "Node 12 can't read it; put it into main.mjs.",
        })),
      ],
    },
  },
  forbid(
    ["src/**/*.ts"],
    [nodeOnly, heavy, outside("exercises", "grader", "bench", "test", "kernel")],
    ["src/kernel/**", "src/engine/node/**"],
  ),
  forbid(["src/kernel/**/*.ts"], [outside("exercises", "grader", "bench", "test")]),
  forbid(["src/engine/node/*.ts"], [outside("exercises", "grader", "bench", "test", "kernel")]),
  forbid(["exercises/**/*.ts"], [nodeOnly, outside("grader", "bench", "test", "kernel")]),
  forbid(["grader/**/*.ts"], [outside("bench", "test", "kernel")]),
  forbid(["bench/**/*.ts"], [outside("exercises", "grader", "test", "kernel")]),
);
