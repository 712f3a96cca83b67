import { isAbsolute, relative } from 'node:path';
import type { Problem } from './configuration.ts';

/** `agent.d/x.json:12:7: otel.backends[0].endpoint: wanted …`; files below `folder` are named from there. */
export function formatProblem(problem: Problem, folder?: string): string {
  const { position, path, message } = problem;
  const place = position && `${shorten(position.file, folder)}:${position.line}:${position.column}`;
  return [place, path, message].filter((part) => part !== undefined && part !== '').join(': ');
}

function shorten(file: string, folder: string | undefined): string {
  if (folder === undefined || !isAbsolute(file)) return file;
  const short = relative(folder, file);
  return short.startsWith('..') || isAbsolute(short) ? file : short;
}
