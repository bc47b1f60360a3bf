import fc from 'fast-check';

/**
 * ms after which a property test says what it knows: below the time that a test has. Else one that fails ends by its time-out while it looks
 * for a smaller example, and nobody learns of the one that it had found; and a slow machine would fail one that has not.
 */
fc.configureGlobal({ interruptAfterTimeLimit: 40_000 });
