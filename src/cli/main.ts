#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { registerCheck } from './check.ts';
import { registerDemo } from './demo.ts';
import { EXIT } from './exit-codes.ts';
import { registerReceive } from './receive.ts';
import { registerRunMonitor } from './run-monitor.ts';
import { registerRun } from './run.ts';
import { registerStatus } from './status.ts';
import { packageVersion } from './package-version.ts';

const program = new Command('scalyr-otel')
  .description('Runs Scalyr monitor plugins and delivers every value to Scalyr metric logs and OTLP backends')
  .version(packageVersion())
  .configureHelp({ sortSubcommands: false })
  .showHelpAfterError('(try --help)')
  .exitOverride();

registerRun(program);
registerRunMonitor(program);
registerCheck(program);
registerStatus(program);
registerReceive(program);
registerDemo(program);
for (const command of program.commands) command.exitOverride().showHelpAfterError('(try --help)');

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  process.stderr.write(`scalyr-otel: ${error instanceof Error ? error.message : String(error)}\n`);
  return EXIT.failure;
}
