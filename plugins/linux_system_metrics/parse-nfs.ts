import { metricText } from './metric-text.ts';

const RPC_COUNTERS = ['calls', 'retrans', 'authrefrsh'];

/** Operations of NFS 3, in the order of their numbers (RFC 1813). */
const OPERATIONS_3 = (
  'null getattr setattr lookup access readlink read write create mkdir symlink mknod remove rmdir rename link readdir ' +
  'readdirplus fsstat fsinfo pathconf commit'
).split(' ');

/** What the Linux client asks an NFS 4 server for, in the order of its counters. */
const OPERATIONS_4 = (
  'null read write commit open open_conf open_noat open_dgrd close setattr fsinfo renew setclntid confirm lock lockt ' +
  'locku access getattr lookup lookup_root remove rename link symlink create pathconf statfs readlink readdir ' +
  'server_caps delegreturn getacl setacl fs_locations rel_lkowner secinfo fsid_present exchange_id create_session ' +
  'destroy_session sequence get_lease_time reclaim_comp layoutget getdevinfo layoutcommit layoutreturn secinfo_no ' +
  'test_stateid free_stateid getdevicelist bind_conn_to_ses destroy_clientid seek allocate deallocate layoutstats clone'
).split(' ');

/** `/proc/net/rpc/nfs`, which is there when this machine is an NFS client. */
export function parseNfs(text: string): string[] {
  const calls = countersOf(text, 'rpc');
  return [
    ...RPC_COUNTERS.flatMap((type, index) => metricText('nfs.client.rpc.stats', calls[index], { type })),
    ...operations(countersOf(text, 'proc3'), OPERATIONS_3, '3'),
    ...operations(countersOf(text, 'proc4'), OPERATIONS_4, '4'),
  ];
}

function countersOf(text: string, kind: string): string[] {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${kind} `));
  return line?.trim().split(' ').slice(1) ?? [];
}

/** The first number says how many follow. */
function operations([, ...values]: readonly string[], names: readonly string[], version: string): string[] {
  return names.flatMap((op, index) => metricText('nfs.client.rpc', values[index], { op, version }));
}
