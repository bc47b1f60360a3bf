/** Moving the pointer over a list that scrolls is using it. */
const KINDS = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const;

/** @returns when somebody last used this document with a pointer or a key, on the clock of `performance.now()` */
export function watchUse(): () => number {
  let usedAt = Number.NEGATIVE_INFINITY;
  const note = () => {
    usedAt = performance.now();
  };
  for (const kind of KINDS) addEventListener(kind, note, { capture: true, passive: true });
  return () => usedAt;
}
