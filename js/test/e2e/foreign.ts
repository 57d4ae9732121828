// What another script of the origin may put where the client's own values are:
// texts in a storage, messages in a broadcast. None is what a client writes.

/** What it is, and it. */
export type Row = readonly [name: string, text: string];

type Members = Readonly<Record<string, unknown>>;

const mebi = 2 ** 20;
const json = JSON.stringify;

/** An object's JSON, of members whose values are JSON already. */
const object = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([name, text]) => `${json(name)}:${text}`).join()}}`;

/** What is near to a UUID. One in capitals is one (RFC 9562, section 4). */
export const misspelt = (id: string): string[] => [
  id.replaceAll("-", ""),
  `{${id}}`,
  `urn:uuid:${id}`,
  `${id}\n`,
  ` ${id}`,
  id.slice(1),
  `${id}0`,
  id.replace(/^./, "g"),
];

/** Values of every JSON type but the one that a value is of, or could be. */
function wrongTypes(value: unknown): string[] {
  const texts = ["null", "true", "1", "-1", '"x"', '""', "[]", "{}", "[null]", '{"toString":null}'];
  const type = (of: unknown): string => (of === null ? "null" : Array.isArray(of) ? "array" : typeof of);
  // A member that is null may be a text, of which "x" is none that fits: no id, and no address.
  return texts.filter((text) => {
    const other = type(JSON.parse(text));
    return other !== type(value) && !(other === "null" && type(value) === "string");
  });
}

/** Numbers as nobody writes them, or that are none. */
const numbers = [
  "1e999",
  "-1e999",
  "NaN",
  "Infinity",
  "-0",
  "1.0",
  "1e3",
  "0x1",
  "01",
  "+1",
  ".5",
  "1n",
  "1_0",
];

/** Texts that are near to one that is right, a JSON object, or far from it. */
// eslint-disable-next-line max-lines-per-function -- one table
export function foreignTexts(right: string): Row[] {
  const value = JSON.parse(right) as Members;
  const members = Object.entries(value).map(([name, member]) => [name, json(member)] as const);
  const but = (name: string, text: string): string =>
    object(members.map((member) => (member[0] === name ? [name, text] : member)));
  const far = [
    ...[
      "",
      " ",
      "\n",
      "x",
      "<html>",
      "undefined",
      "NaN",
      "[object Object]",
      "\0",
      "\uFEFF",
      "{",
      "}",
      "[",
      '"',
    ],
    ...[
      "1",
      "0",
      "-1",
      "1.5",
      "1e999",
      "true",
      "false",
      "null",
      '"x"',
      '""',
      '"{}"',
      "[]",
      "[[]]",
      "[{}]",
      "{}",
    ],
    ...['{"v":2}', '{"v":1}', '{"version":"9"}', '{"":""}', '{"all":true}', '{"__proto__":{}}', "%7B%7D"],
  ].map((text): Row => [`the text ${json(text)}`, text]);
  const near: Row[] = [
    ["a BOM before it", `\uFEFF${right}`],
    ["a space before it", ` ${right}`],
    ["a space after it", `${right} `],
    ["a line's end after it", `${right}\r\n`],
    ["spaces in it", right.replace(":", ": ")],
    ["over several lines", JSON.stringify(value, null, 2)],
    ["a NUL after it", `${right}\0`],
    ["a comment before it", `/**/${right}`],
    ["a comma in it", right.replace(/\}$/, ",}")],
    ["its end missing", right.slice(0, -1)],
    ["its begin missing", right.slice(1)],
    ["twice", right + right],
    ["other quotes", right.replaceAll('"', "'")],
    ["as a string", json(right)],
    ["in an array", `[${right}]`],
    ["in a member", `{"value":${right}}`],
    ["as a prototype", `{"__proto__":${right}}`],
    ["as a constructor's prototype", `{"constructor":{"prototype":${right}}}`],
    ["as entries", json(Object.entries(value))],
    ["as values", json(Object.values(value))],
    ["in Base64", btoa(right)],
    ["a character escaped", right.replace(/[a-z]/, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)],
    ["its members the other way round", object([...members].reverse())],
    ["a mebibyte of x", "x".repeat(mebi)],
    ["a mebibyte's string", json("x".repeat(mebi))],
    ["a mebibyte of spaces after it", right + " ".repeat(mebi)],
    ["a mebibyte more in it", object([...members, ["more", json("x".repeat(mebi))]])],
    ["100,000 arrays deep", "[".repeat(100_000) + "]".repeat(100_000)],
    ["100,000 deep, and no end", '{"a":'.repeat(100_000)],
    ["100,000 members", object(Array.from({ length: 100_000 }, (_, i) => [`a${i}`, "1"]))],
    ...["v", "version", "toString", "__proto__", "constructor", "toJSON", "then", ""].flatMap(
      (name): Row[] => [
        [`a member ${json(name)} more`, object([...members, [name, "2"]])],
        [`a member ${json(name)} more, before it`, object([[name, "null"], ...members])],
      ],
    ),
  ];
  const each = members.flatMap(([name, text]): Row[] => [
    [`without ${name}`, object(members.filter((member) => member[0] !== name))],
    [`${name} twice`, object([...members, [name, text]])],
    [`${name} twice, with another value`, object([[name, "1"], ...members])],
    [`${name} in capitals`, object(members.map((m) => [m[0] === name ? name.toUpperCase() : m[0], m[1]]))],
    [`${name} in an array`, but(name, `[${text}]`)],
    [`${name} in an object`, but(name, `{"value":${text}}`)],
    ...wrongTypes(value[name]).map((other): Row => [`${name}: ${other}`, but(name, other)]),
    ...numbers
      .slice(typeof value[name] === "number" ? 0 : -2)
      .map((other): Row => [`${name}: ${other}`, but(name, other)]),
    ...(text.startsWith('"') || text === "null"
      ? []
      : [[`${name}: "${text}"`, but(name, json(text))] as const]),
  ]);
  // One that stays right, as without a prototype of __proto__, or of a single member, is none.
  return [...far, ...near, ...each].filter(([, text]) => text !== right);
}

/** Addresses that no client keeps to return to, on a page of an origin. */
// eslint-disable-next-line max-lines-per-function -- one table
export function foreignAddresses(origin: string): string[] {
  const { host, hostname, port, protocol } = new URL(origin);
  const uuid = "01a207ab-7610-7cca-92e9-2da640e2838e";
  return [
    ...[
      `blob:${origin}/${uuid}`,
      `filesystem:${origin}/temporary/x`,
      `view-source:${origin}/`,
      `blob:${origin}`,
    ],
    ...[
      "data:text/html,x",
      "javascript:alert(1)",
      "about:blank",
      "about:srcdoc",
      "mailto:x@example",
      "file:///x",
    ],
    ...[
      `${protocol}//user:pw@${host}/`,
      `${protocol}//user@${host}/`,
      `${protocol}//:pw@${host}/`,
      `${protocol}//@${host}/`,
    ],
    ...[
      "https://evil.example/",
      "http://evil.example/",
      "//evil.example/",
      "/\\evil.example/",
      `https://${host}/`,
    ],
    ...[
      `${protocol}//${hostname}/`,
      `${protocol}//${hostname}:${(Number(port) % 65535) + 1}/`,
      `ws://${host}/`,
      `ftp://${host}/`,
    ],
    ...[
      `${origin}.evil.example/`,
      `${origin}@evil.example/`,
      `https://evil.example/${origin}/`,
      `${hostname}:${port}/`,
    ],
    ...["", " ", "/", "/x", "x", "?x", "#x", "../x", "null", "undefined", "http:", "http://", "http:///x"],
    ...[
      `${origin}/\n`,
      `${origin}\t/x`,
      `\u0001${origin}/`,
      ` ${origin}/`,
      `${origin}/ `,
      `java\nscript:alert(1)`,
      `${origin}/\0`,
    ],
    ...[
      origin,
      `${origin}/a/../b`,
      `${origin}\\x`,
      `${protocol}\\\\${host}/`,
      `${protocol}/${host}/`,
      `${protocol}${host}/`,
    ],
    ...[
      `${origin.toUpperCase()}/`,
      `${origin}/ü`,
      `${origin}/a b`,
      `${protocol}//${host.replace("127", "0127")}/`,
    ],
  ].filter((address) => {
    try {
      // What is as the browser's parser writes it, and on the origin, is what a client keeps.
      const { href, origin: of, protocol: as } = new URL(address);
      return (
        href !== address || of !== origin || as === "blob:" || as === "filesystem:" || address.includes("@")
      );
    } catch {
      return true;
    }
  });
}

/** JSON values that are near to one that is right, or far from it. */
export function foreignValues(right: unknown): string[] {
  const far = ["5", "0", "-1", "true", "false", "null", '"x"', '""', "[]", "{}", "[[]]", "[{}]", '{"v":2}'];
  /** The value with each of its parts, however deep, replaced or gone. */
  function changed(value: unknown): string[] {
    if (typeof value !== "object" || value === null) {
      return wrongTypes(value);
    }
    if (Array.isArray(value)) {
      return [
        json(value.slice(0, -1)),
        json([...(value as unknown[]), null]),
        ...value.flatMap((part: unknown, i) =>
          changed(part).map((text) => `[${value.map((other, j) => (i === j ? text : json(other))).join()}]`),
        ),
      ];
    }
    const members = Object.entries(value as Members).map(([name, part]) => [name, json(part)] as const);
    return [
      ...["v", "toString", "__proto__", "constructor", ""].map((name) => object([...members, [name, "2"]])),
      ...members.flatMap(([name]) => [
        object(members.filter((member) => member[0] !== name)),
        object(members.map((member) => [member[0] === name ? name.toUpperCase() : member[0], member[1]])),
        ...changed((value as Members)[name]).map((text) =>
          object(members.map((member) => (member[0] === name ? [name, text] : member))),
        ),
      ]),
    ];
  }
  return [
    ...far,
    `[${json(right)}]`,
    `{"value":${json(right)}}`,
    json(json(right)),
    ...changed(right),
  ].filter((text) => text !== json(right));
}
