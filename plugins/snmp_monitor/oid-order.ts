/** Whether one OID stands behind another in the order in which a device must give its values. */
export function isBehind(oid: string, other: string): boolean {
  const arcs = oid.split('.');
  const others = other.split('.');
  for (const [at, arc] of arcs.entries()) {
    const otherArc = others[at];
    if (otherArc === undefined) return true;
    if (arc !== otherArc) return Number(arc) > Number(otherArc);
  }
  return false;
}
