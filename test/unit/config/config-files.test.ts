import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accepted, configFolder, load, problemsOf, warningsOf } from './config-folder.ts';

describe('the files of a configuration', () => {
  it('are agent.json, then the fragments of config_directory and of SCALYR_EXTRA_CONFIG_DIR by name', () => {
    const folder = configFolder({
      'agent.json': '{ config_directory: "parts" }',
      'parts/b.json': '{}',
      'parts/a.json': '{}',
      'parts/readme.txt': 'not a fragment',
      'extra/c.json': '{}',
      'agent.d/ignored.json': 'not read',
    });

    const { configuration } = accepted(load(folder, { SCALYR_EXTRA_CONFIG_DIR: 'extra' }));

    expect(configuration.files).toEqual(
      ['agent.json', 'parts/a.json', 'parts/b.json', 'extra/c.json'].map((file) => join(folder, file)),
    );
  });

  it('are read once when both folders are the same', () => {
    const folder = configFolder({ 'agent.json': '{}', 'agent.d/a.json': '{}' });

    expect(
      accepted(load(folder, { SCALYR_EXTRA_CONFIG_DIR: './agent.d/' })).configuration.files,
    ).toHaveLength(2);
  });

  it('may begin with a byte order mark', () => {
    expect(load(configFolder({ 'agent.json': '\ufeff{}' })).kind).toBe('ok');
  });

  it('give a warning when a folder that somebody named does not exist', () => {
    const folder = configFolder({ 'agent.json': '{ config_directory: "gone" }' });

    expect(warningsOf(folder, { SCALYR_EXTRA_CONFIG_DIR: '/gone/too' })).toEqual([
      'config_directory: cannot read the folder "./gone": there is no such file',
      'SCALYR_EXTRA_CONFIG_DIR: cannot read the folder "/gone/too": there is no such file',
    ]);
  });
});

describe('a file that cannot be read', () => {
  it('is named with the reason when it does not exist', () => {
    expect(problemsOf(configFolder({}))).toEqual(['cannot read "./agent.json": there is no such file']);
  });

  it('is named when it is a folder', () => {
    const folder = configFolder({ 'agent.json': '{}' });
    mkdirSync(join(folder, 'agent.d/x.json'), { recursive: true });

    expect(problemsOf(folder)).toEqual(['cannot read "./agent.d/x.json": it is a folder: wanted a file']);
  });

  it('is named when it is a device, without reading it for ever', () => {
    const folder = configFolder({});
    symlinkSync('/dev/zero', join(folder, 'agent.json'));

    expect(problemsOf(folder)).toEqual([
      'cannot read "./agent.json": it is a device or a pipe: wanted a file',
    ]);
  });

  it('is named when its links lead nowhere', () => {
    const folder = configFolder({});
    symlinkSync('agent.json', join(folder, 'agent.json'));

    expect(problemsOf(folder)).toEqual([
      'cannot read "./agent.json": its symbolic links go round in a circle',
    ]);
  });

  it('is named with line and column when a byte is not UTF-8', () => {
    const folder = configFolder({ 'agent.json': Buffer.from('{\n  a: "\xff"\n}', 'latin1') });

    expect(problemsOf(folder)).toEqual([
      'agent.json:2:7: cannot read "./agent.json": a byte is not UTF-8: save the file in UTF-8',
    ]);
  });

  it('is named when it has more than 10 MiB', () => {
    const folder = configFolder({ 'agent.json': Buffer.alloc(10 * 1024 * 1024 + 1, ' ') });

    expect(problemsOf(folder)).toEqual([
      'cannot read "./agent.json": it has 10485761 bytes: wanted at most 10485760',
    ]);
  });
});

describe('a key in two files', () => {
  it('is a problem that names the first', () => {
    const folder = configFolder({
      'agent.json': '{\n  debug_level: 1\n}',
      'agent.d/a.json': '{ debug_level: 1, otel: {} }',
      'agent.d/b.json': '{ otel: {} }',
    });

    expect(problemsOf(folder)).toEqual([
      'agent.d/a.json:1:3: debug_level: this key is already set in "agent.json", line 2: only import_vars, logs, journald_logs, k8s_logs, monitors, server_attributes and workers may stand in several files',
      'agent.d/b.json:1:3: otel: this key is already set in "a.json", line 1: only import_vars, logs, journald_logs, k8s_logs, monitors, server_attributes and workers may stand in several files',
    ]);
  });
});
