/**
 * Every recorded input that is read in another way than the Scalyr agent reads it: what it gives here (Python's repr),
 * where the agent gives an error or, once, something else. All of them are more lenient; most are JSON5.
 */
export const DIALECT_DIFFERENCES: Readonly<Record<string, string>> = {
  // Names that JavaScript allows.
  'unquoted key with $': "{'$a': 1}",
  'unquoted key unicode': "{'é': 1}",
  'unquoted key then comment': "{'a': 1}",
  // Single quotes.
  'single-quoted string': "{'a': 'x'}",
  'single-quoted key': "{'a': 1}",
  // A line break does the work of a comma wherever comments stand.
  'missing comma, next line starts with /* */': "{'a': 1, 'b': 2}",
  // A triple-quoted text joins like any other.
  'triple quotes concat': "{'a': 'xy'}",
  'concat then triple': "{'a': 'yx'}",
  // Numbers.
  'hex number': "{'a': 16}",
  'leading +': "{'a': 1}",
  'leading dot': "{'a': 0.5}",
  NaN: "{'a': NaN}",
  Infinity: "{'a': inf}",
  '-Infinity': "{'a': -Infinity}",
  // Escapes.
  'escape \\v': "{'a': '\\x0b'}",
  'escape \\x41': "{'a': 'A'}",
  'escape \\0': "{'a': '\\x00'}",
  "escape \\'": `{'a': "'"}`,
  'line continuation': "{'a': 'xy'}",
  // The agent keeps two half characters; here, as in JSON, they are one.
  'surrogate pair escape': "{'a': '😀'}",
  // Blanks, and the byte order mark that Windows editors write.
  BOM: "{'a': 1}",
  'nbsp whitespace': "{'a': 1}",
  'vertical tab ws': "{'a': 1}",
  'form feed ws': "{'a': 1}",
  'u2028 ws': "{'a': 1}",
};
