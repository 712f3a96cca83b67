import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLUGINS, pluginNames } from '../../unit/plugins/plugin.ts';
import { runCli } from '../support/cli-process.ts';
import { CollectorFolder } from '../support/collector-folder.ts';

/** What an entry has to have besides its module. */
const REQUIRED: Readonly<Record<string, object>> = {
  kubernetes_monitor: { k8s_kubelet_host_ip: '127.0.0.1' },
  linux_process_metrics: { id: 'itself', pid: '$$' },
  openmetrics_monitor: { url: 'http://127.0.0.1:9100/metrics' },
  postgres_monitor: { database_name: 'shop', database_username: 'monitor', database_password: 'secret' },
  mysql_monitor: { database_socket: 'default', database_username: 'monitor', database_password: 'secret' },
  shell_monitor: { command: 'echo 1' },
  snmp_monitor: {
    oid_groups: { system: ['SNMPv2-MIB::sysUpTime'] },
    poll_targets: [{ targets: [{ host: '127.0.0.1' }], oids: ['system'] }],
  },
  syslog_monitor: { protocols: 'tcp:1601, udp:1514' },
  test_monitor: { gauss_mean: 0.5 },
  tomcat_monitor: { monitor_url: 'http://127.0.0.1:8080/manager/status' },
  url_monitor: { url: 'http://127.0.0.1/' },
};

describe('The monitors that come with the collector', () => {
  it('are found by the names that the Scalyr agent has for them', async () => {
    const modules = pluginNames.map((name) => `scalyr_agent.builtin_monitors.${name}`);
    const folder = new CollectorFolder({
      monitors: pluginNames.map((name, index) => ({ module: modules[index], ...REQUIRED[name] })),
    });

    const { code, stdout, stderr } = await runCli(['check'], { cwd: folder.path });

    expect(stderr).toBe('');
    expect(code).toBe(0);
    for (const name of pluginNames)
      expect(stdout).toMatch(new RegExp(`^  ${name}\\(.*\\): .*, in a thread, `, 'm'));
  });

  it.each(pluginNames)('have a sample configuration that can be used: %s', async (name) => {
    const folder = new CollectorFolder({ monitors: [] });
    copyFileSync(path.join(PLUGINS, name, 'agent.json'), path.join(folder.path, 'agent.json'));
    const secrets = { SNMP_AUTH_KEY: 'a long secret', SNMP_PRIV_KEY: 'another secret' };

    const { code, stderr } = await runCli(['check'], {
      cwd: folder.path,
      environment: { ...secrets, SCALYR_K8S_KUBELET_HOST_IP: '127.0.0.1' },
    });

    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});
