import type { ObjectNumbers } from './resolve-mibs.ts';

/**
 * Objects below a number: they count from 1, `name=20` goes on from 20. Facts of RFC 3418 (SNMPv2-MIB), RFC 2863
 * (IF-MIB), RFC 2790 (HOST-RESOURCES-MIB) and of Net-SNMP (UCD-SNMP-MIB).
 */
type Numbered = readonly [parent: string, names: string];

const WELL_KNOWN: Readonly<Record<string, readonly Numbered[]>> = {
  'SNMPv2-MIB': [
    ['1.3.6.1.2.1', 'system snmp=11'],
    [
      '1.3.6.1.2.1.1',
      'sysDescr sysObjectID sysUpTime sysContact sysName sysLocation sysServices sysORLastChange sysORTable',
    ],
    ['1.3.6.1.2.1.1.9', 'sysOREntry'],
    ['1.3.6.1.2.1.1.9.1', 'sysORIndex sysORID sysORDescr sysORUpTime'],
    [
      '1.3.6.1.2.1.11',
      'snmpInPkts snmpOutPkts snmpInBadVersions snmpInBadCommunityNames snmpInBadCommunityUses snmpInASNParseErrs ' +
        'snmpSilentDrops=31 snmpProxyDrops',
    ],
  ],
  'IF-MIB': [
    ['1.3.6.1.2.1', 'interfaces=2 ifMIB=31'],
    ['1.3.6.1.2.1.2', 'ifNumber ifTable'],
    ['1.3.6.1.2.1.2.2', 'ifEntry'],
    [
      '1.3.6.1.2.1.2.2.1',
      'ifIndex ifDescr ifType ifMtu ifSpeed ifPhysAddress ifAdminStatus ifOperStatus ifLastChange ifInOctets ' +
        'ifInUcastPkts ifInNUcastPkts ifInDiscards ifInErrors ifInUnknownProtos ifOutOctets ifOutUcastPkts ' +
        'ifOutNUcastPkts ifOutDiscards ifOutErrors ifOutQLen ifSpecific',
    ],
    ['1.3.6.1.2.1.31', 'ifMIBObjects'],
    ['1.3.6.1.2.1.31.1', 'ifXTable ifStackTable ifRcvAddressTable=4 ifTableLastChange ifStackLastChange'],
    ['1.3.6.1.2.1.31.1.1', 'ifXEntry'],
    [
      '1.3.6.1.2.1.31.1.1.1',
      'ifName ifInMulticastPkts ifInBroadcastPkts ifOutMulticastPkts ifOutBroadcastPkts ifHCInOctets ifHCInUcastPkts ' +
        'ifHCInMulticastPkts ifHCInBroadcastPkts ifHCOutOctets ifHCOutUcastPkts ifHCOutMulticastPkts ' +
        'ifHCOutBroadcastPkts ifLinkUpDownTrapEnable ifHighSpeed ifPromiscuousMode ifConnectorPresent ifAlias ' +
        'ifCounterDiscontinuityTime',
    ],
    ['1.3.6.1.2.1.31.1.2', 'ifStackEntry'],
    ['1.3.6.1.2.1.31.1.2.1', 'ifStackHigherLayer ifStackLowerLayer ifStackStatus'],
    ['1.3.6.1.2.1.31.1.4', 'ifRcvAddressEntry'],
    ['1.3.6.1.2.1.31.1.4.1', 'ifRcvAddressAddress ifRcvAddressStatus ifRcvAddressType'],
  ],
  'HOST-RESOURCES-MIB': [
    ['1.3.6.1.2.1', 'host=25'],
    ['1.3.6.1.2.1.25', 'hrSystem hrStorage hrDevice hrSWRun hrSWRunPerf hrSWInstalled'],
    [
      '1.3.6.1.2.1.25.1',
      'hrSystemUptime hrSystemDate hrSystemInitialLoadDevice hrSystemInitialLoadParameters hrSystemNumUsers ' +
        'hrSystemProcesses hrSystemMaxProcesses',
    ],
    ['1.3.6.1.2.1.25.2', 'hrMemorySize=2 hrStorageTable'],
    ['1.3.6.1.2.1.25.2.3', 'hrStorageEntry'],
    [
      '1.3.6.1.2.1.25.2.3.1',
      'hrStorageIndex hrStorageType hrStorageDescr hrStorageAllocationUnits hrStorageSize hrStorageUsed ' +
        'hrStorageAllocationFailures',
    ],
    [
      '1.3.6.1.2.1.25.3',
      'hrDeviceTable=2 hrProcessorTable hrNetworkTable hrPrinterTable hrDiskStorageTable hrPartitionTable hrFSTable',
    ],
    ['1.3.6.1.2.1.25.3.2', 'hrDeviceEntry'],
    [
      '1.3.6.1.2.1.25.3.2.1',
      'hrDeviceIndex hrDeviceType hrDeviceDescr hrDeviceID hrDeviceStatus hrDeviceErrors',
    ],
    ['1.3.6.1.2.1.25.3.3', 'hrProcessorEntry'],
    ['1.3.6.1.2.1.25.3.3.1', 'hrProcessorFrwID hrProcessorLoad'],
    ['1.3.6.1.2.1.25.3.4', 'hrNetworkEntry'],
    ['1.3.6.1.2.1.25.3.4.1', 'hrNetworkIfIndex'],
    ['1.3.6.1.2.1.25.3.5', 'hrPrinterEntry'],
    ['1.3.6.1.2.1.25.3.5.1', 'hrPrinterStatus hrPrinterDetectedErrorState'],
    ['1.3.6.1.2.1.25.3.6', 'hrDiskStorageEntry'],
    [
      '1.3.6.1.2.1.25.3.6.1',
      'hrDiskStorageAccess hrDiskStorageMedia hrDiskStorageRemoveble hrDiskStorageCapacity',
    ],
    ['1.3.6.1.2.1.25.3.7', 'hrPartitionEntry'],
    [
      '1.3.6.1.2.1.25.3.7.1',
      'hrPartitionIndex hrPartitionLabel hrPartitionID hrPartitionSize hrPartitionFSIndex',
    ],
    ['1.3.6.1.2.1.25.3.8', 'hrFSEntry'],
    [
      '1.3.6.1.2.1.25.3.8.1',
      'hrFSIndex hrFSMountPoint hrFSRemoteMountPoint hrFSType hrFSAccess hrFSBootable hrFSStorageIndex ' +
        'hrFSLastFullBackupDate hrFSLastPartialBackupDate',
    ],
    ['1.3.6.1.2.1.25.4', 'hrSWOSIndex hrSWRunTable'],
    ['1.3.6.1.2.1.25.4.2', 'hrSWRunEntry'],
    [
      '1.3.6.1.2.1.25.4.2.1',
      'hrSWRunIndex hrSWRunName hrSWRunID hrSWRunPath hrSWRunParameters hrSWRunType hrSWRunStatus',
    ],
    ['1.3.6.1.2.1.25.5', 'hrSWRunPerfTable'],
    ['1.3.6.1.2.1.25.5.1', 'hrSWRunPerfEntry'],
    ['1.3.6.1.2.1.25.5.1.1', 'hrSWRunPerfCPU hrSWRunPerfMem'],
    ['1.3.6.1.2.1.25.6', 'hrSWInstalledLastChange hrSWInstalledLastUpdateTime hrSWInstalledTable'],
    ['1.3.6.1.2.1.25.6.3', 'hrSWInstalledEntry'],
    [
      '1.3.6.1.2.1.25.6.3.1',
      'hrSWInstalledIndex hrSWInstalledName hrSWInstalledID hrSWInstalledType hrSWInstalledDate',
    ],
  ],
  'UCD-SNMP-MIB': [
    ['1.3.6.1.4.1.2021', 'prTable=2 memory=4 extTable=8 dskTable laTable systemStats fileTable=15'],
    ['1.3.6.1.4.1.2021.2', 'prEntry'],
    [
      '1.3.6.1.4.1.2021.2.1',
      'prIndex prNames prMin prMax prCount prErrorFlag=100 prErrMessage prErrFix prErrFixCmd',
    ],
    [
      '1.3.6.1.4.1.2021.4',
      'memIndex memErrorName memTotalSwap memAvailSwap memTotalReal memAvailReal memTotalSwapTXT memAvailSwapTXT ' +
        'memTotalRealTXT memAvailRealTXT memTotalFree memMinimumSwap memShared memBuffer memCached memUsedSwapTXT ' +
        'memUsedRealTXT memTotalSwapX memAvailSwapX memTotalRealX memAvailRealX memTotalFreeX memMinimumSwapX ' +
        'memSharedX memBufferX memCachedX memSysAvail memSwapError=100 memSwapErrorMsg',
    ],
    ['1.3.6.1.4.1.2021.8', 'extEntry'],
    ['1.3.6.1.4.1.2021.8.1', 'extIndex extNames extCommand extResult=100 extOutput extErrFix extErrFixCmd'],
    ['1.3.6.1.4.1.2021.9', 'dskEntry'],
    [
      '1.3.6.1.4.1.2021.9.1',
      'dskIndex dskPath dskDevice dskMinimum dskMinPercent dskTotal dskAvail dskUsed dskPercent dskPercentNode ' +
        'dskTotalLow dskTotalHigh dskAvailLow dskAvailHigh dskUsedLow dskUsedHigh dskErrorFlag=100 dskErrorMsg',
    ],
    ['1.3.6.1.4.1.2021.10', 'laEntry'],
    [
      '1.3.6.1.4.1.2021.10.1',
      'laIndex laNames laLoad laConfig laLoadInt laLoadFloat laErrorFlag=100 laErrMessage',
    ],
    [
      '1.3.6.1.4.1.2021.11',
      'ssIndex ssErrorName ssSwapIn ssSwapOut ssIOSent ssIOReceive ssSysInterrupts ssSysContext ssCpuUser ssCpuSystem ' +
        'ssCpuIdle ssCpuRawUser=50 ssCpuRawNice ssCpuRawSystem ssCpuRawIdle ssCpuRawWait ssCpuRawKernel ' +
        'ssCpuRawInterrupt ssIORawSent ssIORawReceived ssRawInterrupts ssRawContexts ssCpuRawSoftIRQ ssRawSwapIn ' +
        'ssRawSwapOut ssCpuRawSteal ssCpuRawGuest ssCpuRawGuestNice ssCpuNumCpus',
    ],
    ['1.3.6.1.4.1.2021.15', 'fileEntry'],
    ['1.3.6.1.4.1.2021.15.1', 'fileIndex fileName fileSize fileMax fileErrorFlag=100 fileErrorMsg'],
  ],
};

/** Numbers of the objects that most devices have, by `MODULE::name`; for these no MIB file is needed. */
export const wellKnownObjects: ObjectNumbers = new Map(
  Object.entries(WELL_KNOWN).flatMap(([module, groups]) =>
    groups.flatMap(([parent, names]) => {
      let last = 0;
      return names.split(' ').map((entry): [string, string] => {
        const [name, number = `${last + 1}`] = entry.split('=');
        last = Number(number);
        return [`${module}::${name}`, `${parent}.${number}`];
      });
    }),
  ),
);
