import { Socket } from 'node:net';
import { LIFELINE_FD } from '../process/process-channels.ts';

/*
 * A thread of its own in a plugin's process, so that it acts even when the plugin is in an endless loop: when the
 * collector is gone, however it went, it ends the process and all that the plugin started.
 */

const lifeline = new Socket({ fd: LIFELINE_FD, readable: true, writable: false });
lifeline.on('error', () => {});
lifeline.on('close', () => {
  process.kill(-process.pid, 'SIGKILL');
});
lifeline.resume();
