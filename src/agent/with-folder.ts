import { errorCode } from '../log/error-code.ts';

/** A folder of the collector, and the option that says where it is. */
export interface ConfiguredFolder {
  readonly path: string;
  readonly option: 'agent_data_path' | 'agent_log_path';
}

/** Does something in a folder. Rejects with what a user may do when the system refuses it. */
export async function withFolder<Result>(
  { path, option }: ConfiguredFolder,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(path);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === undefined) throw cause;
    throw new Error(
      `Cannot use the folder "${path}": ${code}; let the collector's user write there, or set ${option} to another folder`,
      { cause },
    );
  }
}
