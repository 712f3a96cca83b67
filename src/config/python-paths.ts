import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueType } from './value-type.ts';

/** A program: a name to be looked for in PATH as it is, a path absolute. */
export const program: ValueType<string> = {
  wanted: 'the path of a program, or its name',
  read(place) {
    if (!place.text) return place.rejectFound(this.wanted);
    return place.text.includes('/') ? place.resolvePath(place.text) : place.text;
  },
};

/** The path of a folder with a Python package `scalyr_agent` in it; gives it absolute. */
export const agentFolder: ValueType<string> = {
  wanted: 'the path of a folder with the package scalyr_agent in it',
  read(place) {
    if (!place.text) return place.rejectFound(this.wanted);
    const path = place.resolvePath(place.text);
    const file = join(path, 'scalyr_agent', '__init__.py');
    return existsSync(file)
      ? path
      : place.reject(
          `wanted ${this.wanted}, found no "${file}"; of an agent from a package it is /usr/share/scalyr-agent-2/py`,
        );
  },
};
