import { readConfigFile } from './read-config-file.ts';
import type { ValueType } from './value-type.ts';

/** The path of a PEM file that exists and can be read; gives it absolute. */
export const pemFile: ValueType<string> = {
  wanted: 'the path of a PEM file',
  read(place) {
    if (!place.text) return place.rejectFound('the path of a PEM file');
    const path = place.resolvePath(place.text);
    const file = readConfigFile(path);
    if (file.kind === 'failed') return place.reject(file.message);
    if (!file.text.includes('-----BEGIN ')) {
      return place.reject(
        `wanted a PEM file, found no "-----BEGIN" in "${path}"; convert a DER file with openssl`,
      );
    }
    return path;
  },
};
