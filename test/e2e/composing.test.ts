import { beforeEach, describe, expect, it } from 'vitest';
import { openSocket } from './helpers/page.ts';
import { SOON, showSocket } from './helpers/panel.ts';
import type { Connection } from './helpers/server.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

declare const Services: {
  readonly prefs: { setIntPref(name: string, value: number): void; clearUserPref(name: string): void };
};

/** Runs in Firefox. */
function setClickFocus(isGiven: boolean): void {
  const preference = 'accessibility.mouse_focuses_formcontrol';
  if (isGiven) Services.prefs.clearUserPref(preference);
  else Services.prefs.setIntPref(preference, 0);
}

describe.each(BROWSERS)('composing in %s', (name) => {
  const stage = useStage(name);
  let connection: Connection;
  let last = 0;

  beforeEach(async () => {
    const { page, panel, server } = stage;
    const path = `/composing-${++last}`;
    await openSocket(page, server.sockets + path);
    connection = await server.connection(path);
    await showSocket(panel, path);
  });

  it('the editor takes what is typed, shows where it is wrong, sends with its keys and is left with Tab', async () => {
    const { panel } = stage;
    await panel.evaluate(() => {
      const own = window as unknown as { violations: string[] };
      own.violations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
        own.violations.push(violatedDirective),
      );
    });
    await panel.fill('textbox', 'Message', '');
    await panel.type('{"é": "→",');
    await panel.press('Enter');
    await panel.type('"😀": [1}');
    const wrong = () =>
      panel.evaluate(() => {
        const mark = document.querySelector<HTMLElement>('.cm-lintRange-error');
        return mark && [mark.textContent, getComputedStyle(mark).textDecorationLine];
      });
    await expect.poll(wrong, SOON).toEqual(['}', 'underline']);
    await panel.waitForText('line 2, column 11');
    await panel.press('Backspace');
    await panel.type(']}');
    await panel.press('Enter', ['Control']);
    expect(await connection.messages(1)).toEqual(['{"é": "→",\n  "😀": [1]}']);
    const isColoured = () =>
      panel.evaluate(() => {
        const found = [...document.querySelectorAll('.cm-line span')].find(
          ({ textContent }) => textContent === '"é"',
        );
        return found && getComputedStyle(found).color !== getComputedStyle(document.body).color;
      });
    await expect.poll(isColoured, SOON).toBe(true);
    await panel.press('Tab');
    await expect
      .poll(() => panel.evaluate(() => document.activeElement?.closest('.cm-editor') === null), SOON)
      .toBe(true);
    expect(
      await panel.evaluate(() => (window as unknown as { violations: string[] }).violations),
      'content security policy',
    ).toEqual([]);
  });

  it('is one line where there is next to no room, until somebody writes; and no pane has to be scrolled to', async () => {
    const { panel } = stage;
    const seen = () =>
      panel.evaluate(() => {
        const panes = document.querySelector('.panes');
        return {
          canSend: document.querySelector('.composer-actions')?.checkVisibility(),
          isScrolled: panes !== null && panes.scrollHeight > panes.clientHeight,
          rows: [...document.querySelectorAll('[role=grid]')].map(({ clientHeight }) => clientHeight > 40),
        };
      });
    try {
      await panel.focus('grid', 'Frames');
      await panel.resize(420, 600);
      await expect.poll(seen, SOON).toEqual({ canSend: false, isScrolled: false, rows: [true] });
      await panel.resize(400, 300);
      await expect.poll(seen, SOON).toEqual({ canSend: false, isScrolled: false, rows: [true] });
      await panel.focus('textbox', 'Message');
      await expect.poll(seen, SOON).toEqual({ canSend: true, isScrolled: false, rows: [true] });
      await panel.fill('textbox', 'Message', 'low');
      await panel.click('button', 'Send');
      expect(await connection.messages(1)).toEqual(['low']);
    } finally {
      await panel.resize(1400, 700);
    }
  });

  it.runIf(name === 'firefox')(
    'is sent by a click that gives the focus to no button, as on macOS',
    async () => {
      const { browser, panel } = stage;
      const clicksFocusButtons = (isSo: boolean) => browser.evaluatePrivileged?.(setClickFocus, isSo);
      await clicksFocusButtons(false);
      try {
        await panel.resize(420, 600); // the composer is one line until somebody writes
        await panel.fill('textbox', 'Message', 'clicked');
        await panel.focus('textbox', 'Message');
        await panel.click('button', 'Send');
        expect(await connection.messages(1)).toEqual(['clicked']);
      } finally {
        await clicksFocusButtons(true);
        await panel.resize(1400, 700);
      }
    },
  );

  it('is sent as it is: a draft from a frame with carriage returns and control characters', async () => {
    const { page, panel } = stage;
    const text = 'a\r\nb\rc\u0000\t\u202e“{{x}}”\n';
    await page.evaluate((sent: string) => {
      (window as unknown as { sockets: Record<string, WebSocket> }).sockets.main?.send(sent);
    }, text);
    expect((await connection.messages(1)).at(-1)).toBe(text);
    await panel.click('row', { contains: '{{x}}' });
    await panel.click('button', 'Edit and resend');
    await panel.waitFor(() => document.activeElement?.getAttribute('aria-label') === 'Message');
    await panel.press('Enter', ['Control']);
    expect((await connection.messages(2)).at(-1)).toBe(text);
  });

  it('variables are completed and filled in, and a draft is there again in the next panel', async () => {
    const { page, panel } = stage;
    connection.send('{"id":9007199254740993}');
    await panel.waitForText('9007199254740993');
    await panel.click('checkbox', 'Templates');
    await panel.fill('textbox', 'Message', '');
    await panel.type('{"re": {{la');
    await panel.element('listbox', 'Completions');
    await panel.press('Enter');
    await panel.type('id');
    await expect
      .poll(async () => (await panel.element('textbox', 'Message')).value, SOON)
      .toBe('{"re": {{last:$.id}}');
    await panel.press('End');
    await panel.type('}');
    await expect
      .poll(
        async () => (await panel.elements('note', 'Preview of the message')).map(({ text }) => text),
        SOON,
      )
      .toEqual(['{"re": 9007199254740993}']);
    await panel.press('Enter', ['Control']);
    expect((await connection.messages(1)).at(-1)).toBe('{"re": 9007199254740993}');
    await panel.click('checkbox', 'Templates');

    await panel.fill('textbox', 'Message', 'not yet sent');
    await panel.close();
    stage.panel = await page.openPanel();
    await showSocket(stage.panel, `/composing-${last}`);
    await expect
      .poll(async () => (await stage.panel.element('textbox', 'Message')).value, SOON)
      .toBe('not yet sent');
  });
});
