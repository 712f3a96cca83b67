import { PickleBytes } from './pickle-bytes.ts';
import { PickleFailure } from './pickle-failure.ts';
import { parseNumber } from './parse-number.ts';

/** What a pickle of plain data holds. Lists and tuples are both arrays; a list may hold itself. Bytes are texts. */
export type Pickled = null | boolean | number | string | Pickled[];

/**
 * The data in a pickle of Python, protocols 0 to 5, Python 2 included: lists, tuples, texts, bytes, numbers, booleans and
 * None. Whatever would name or call anything of Python's is refused, as is all else. Throws PickleFailure.
 *
 * Each instruction takes at least a byte and adds at most one value, and nothing here calls itself: time and memory are
 * bounded by the length of the pickle. Instructions are those of Python's documentation of `pickletools`.
 */
export function readPickle(pickle: Buffer): Pickled {
  const machine = new Machine(pickle);
  for (;;) {
    const opcode = machine.bytes.readUInt(1);
    if (opcode === STOP) return machine.pop();
    const instruction = INSTRUCTIONS[opcode];
    if (instruction === undefined) throw refusalOf(opcode);
    instruction(machine);
  }
}

/** The state of reading: values, where lists of them began, and those that are named again later. */
class Machine {
  readonly bytes: PickleBytes;
  readonly #values: Pickled[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, Pickled>();

  constructor(pickle: Buffer) {
    this.bytes = new PickleBytes(pickle);
  }

  push(value: Pickled): void {
    this.#values.push(value);
  }

  pop(): Pickled {
    return this.popMany(1)[0] ?? null;
  }

  popMany(count: number): Pickled[] {
    const start = this.#values.length - count;
    if (start < (this.#marks.at(-1) ?? 0)) throw new PickleFailure('it names values that it does not hold');
    return this.#values.splice(start);
  }

  mark(): void {
    this.#marks.push(this.#values.length);
  }

  popToMark(): Pickled[] {
    const start = this.#marks.pop();
    if (start === undefined) throw new PickleFailure('it ends a list that has not begun');
    return this.#values.splice(start);
  }

  append(members: readonly Pickled[]): void {
    const list = this.#values.at(-1);
    if (!Array.isArray(list)) throw new PickleFailure('it appends to what is no list');
    for (const member of members) list.push(member);
  }

  put(key: number = this.#memo.size): void {
    const value = this.#values.at(-1);
    if (value === undefined) throw new PickleFailure('it names values that it does not hold');
    this.#memo.set(key, value);
  }

  get(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) throw new PickleFailure('it names values that it does not hold');
    this.push(value);
  }
}

type Instruction = (machine: Machine) => void;

const STOP = 0x2e;

/** How many bytes give the length of the text or of the bytes that stand behind it. */
const TEXTS = { U: 1, C: 1, '\x8c': 1, T: 4, B: 4, X: 4, '\x8d': 8, '\x8e': 8, '\x96': 8 } as const;

/** By their opcodes; the letters are those that Python names them with. */
const INSTRUCTIONS = tableOf({
  '\x80': ({ bytes }) => void bytes.readUInt(1),
  '\x95': ({ bytes }) => void bytes.readSize(8),
  N: (machine) => machine.push(null),
  '\x88': (machine) => machine.push(true),
  '\x89': (machine) => machine.push(false),
  I: (machine) => machine.push(integerOrBooleanOf(machine.bytes.readLine())),
  L: (machine) => machine.push(integerOf(machine.bytes.readLine().replace(/L$/, ''))),
  F: (machine) => machine.push(floatOf(machine.bytes.readLine())),
  J: (machine) => machine.push(machine.bytes.readInt32()),
  K: (machine) => machine.push(machine.bytes.readUInt(1)),
  M: (machine) => machine.push(machine.bytes.readUInt(2)),
  '\x8a': (machine) => machine.push(machine.bytes.readLong(machine.bytes.readSize(1))),
  '\x8b': (machine) => machine.push(machine.bytes.readLong(machine.bytes.readSize(4))),
  G: (machine) => machine.push(machine.bytes.readDouble()),
  S: (machine) => machine.push(machine.bytes.readQuoted()),
  V: (machine) => machine.push(machine.bytes.readEscaped()),
  ...Object.fromEntries(Object.entries(TEXTS).map(([letter, width]) => [letter, textAfter(width)])),
  '(': (machine) => machine.mark(),
  ']': (machine) => machine.push([]),
  ')': (machine) => machine.push([]),
  l: (machine) => machine.push(machine.popToMark()),
  t: (machine) => machine.push(machine.popToMark()),
  '\x85': (machine) => machine.push(machine.popMany(1)),
  '\x86': (machine) => machine.push(machine.popMany(2)),
  '\x87': (machine) => machine.push(machine.popMany(3)),
  a: (machine) => machine.append(machine.popMany(1)),
  e: (machine) => machine.append(machine.popToMark()),
  p: (machine) => machine.put(integerOf(machine.bytes.readLine())),
  q: (machine) => machine.put(machine.bytes.readUInt(1)),
  r: (machine) => machine.put(machine.bytes.readUInt(4)),
  '\x94': (machine) => machine.put(),
  g: (machine) => machine.get(integerOf(machine.bytes.readLine())),
  h: (machine) => machine.get(machine.bytes.readUInt(1)),
  j: (machine) => machine.get(machine.bytes.readUInt(4)),
  c: ({ bytes }) => refuseObject([bytes.readLine(), bytes.readLine()]),
  i: ({ bytes }) => refuseObject([bytes.readLine(), bytes.readLine()]),
  '\x93': (machine) => refuseObject(machine.popMany(2)),
});

function tableOf(instructions: Readonly<Record<string, Instruction>>): readonly (Instruction | undefined)[] {
  return Array.from({ length: 256 }, (_, opcode) => instructions[String.fromCharCode(opcode)]);
}

function textAfter(width: 1 | 4 | 8): Instruction {
  return (machine) => machine.push(machine.bytes.readText(machine.bytes.readSize(width)));
}

/** Protocols 0 and 1 have no other way to write True and False. */
function integerOrBooleanOf(text: string): number | boolean {
  return text === '00' || text === '01' ? text === '01' : integerOf(text);
}

function integerOf(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw noNumber(text);
  return Number(text);
}

function floatOf(text: string): number {
  const number = parseNumber(text);
  if (number === undefined) throw noNumber(text);
  return number;
}

function noNumber(text: string): PickleFailure {
  return new PickleFailure(`it has ${JSON.stringify(text.slice(0, 40))} where a number belongs`);
}

function refuseObject(name: readonly Pickled[]): never {
  const shown = JSON.stringify(name.map(String).join('.').slice(0, 100));
  throw new PickleFailure(`it holds ${shown} of Python, wanted plain numbers and texts`);
}

function refusalOf(opcode: number): PickleFailure {
  const shown = `0x${opcode.toString(16).padStart(2, '0')}`;
  return new PickleFailure(`it has the instruction ${shown}, which no list of metrics needs`);
}
