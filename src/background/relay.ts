/**
 * Entry of Firefox's background: panels have no `tabs` there, so their ports pass through here. Firefox stops it whenever it
 * seems idle, even with open ports; both ends then reconnect, and nothing here needs to be remembered.
 */
import browser, { type Runtime } from 'webextension-polyfill';
import { parsePanelLineName } from '../protocol/panel-line.ts';
import {
  type Announcement,
  asRuntimeMessage,
  type LastWords,
  type PassedOnAnnouncement,
  type PassedOnLastWords,
  PORT_NAME,
  parseFrameAddress,
  type RollCall,
} from '../protocol/runtime.ts';
import { parseWorkerAddress, workerPortName } from '../protocol/workers.ts';
import { reportHandshakes } from './handshakes.ts';
import { followSwitch, listenForPermission } from './workers.ts';

const ALL_PAGES = { origins: ['<all_urls>'] };

function extend(panel: Runtime.Port): void {
  const address = isOwnPage(panel.sender) ? addressOf(panel.name) : undefined;
  if (!address) {
    panel.disconnect();
    return;
  }
  const { tabId, frameId, name } = address;
  const frame = browser.tabs.connect(tabId, { frameId, name });
  panel.onMessage.addListener((message) => frame.postMessage(message));
  frame.onMessage.addListener((message) => panel.postMessage(message));
  panel.onDisconnect.addListener(() => frame.disconnect());
  frame.onDisconnect.addListener(() => panel.disconnect());
}

/** The frame of a tab that a port is to be connected to, and the port's name there. */
function addressOf(name: string): { tabId: number; frameId: number; name: string } | undefined {
  const frame = parseFrameAddress(name);
  if (frame) return { ...frame, name: PORT_NAME };
  const worker = parseWorkerAddress(name);
  return worker && { ...worker, name: workerPortName(worker.document) };
}

function isOwnPage(sender: Runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(browser.runtime.getURL('')) ?? false;
}

function answer(message: unknown, sender: Runtime.MessageSender): Promise<unknown> | undefined {
  const request = asRuntimeMessage(message);
  if (request?.type === 'framescope-document' || request?.type === 'framescope-last-words') {
    return passOn(request, sender);
  }
  if (!request || !isOwnPage(sender)) return undefined;
  switch (request.type) {
    case 'framescope-roll-call':
      return call(request);
    case 'framescope-may-read-pages':
      return browser.permissions.contains(ALL_PAGES);
    case 'framescope-open-permission-page':
      return browser.tabs.create({ url: '/src/permission/permission.html' }).then(() => undefined);
    case 'framescope-document-passed-on':
    case 'framescope-last-words-passed-on':
      return undefined; // are for panels
  }
}

function passedOn(
  { document, worker, shownAt, since }: Pick<Announcement, 'document'> & Partial<Omit<Announcement, 'type'>>,
  { tab, frameId = 0, url = '' }: Runtime.MessageSender,
): PassedOnAnnouncement | undefined {
  if (tab?.id === undefined) return undefined;
  const isWorker = worker !== undefined;
  const type = 'framescope-document-passed-on';
  return { type, document, tabId: tab.id, frameId, url: worker ?? url, isWorker, shownAt, since };
}

/** Fails if no panel is open to receive it. */
async function tellPanels(message: PassedOnAnnouncement | PassedOnLastWords): Promise<void> {
  await browser.runtime.sendMessage(message).catch(() => undefined);
}

async function passOn(request: Announcement | LastWords, sender: Runtime.MessageSender): Promise<void> {
  const of = passedOn(request, sender);
  if (!of) return;
  if (request.type === 'framescope-document') return tellPanels(of);
  return tellPanels({ type: 'framescope-last-words-passed-on', of, message: request.message });
}

/** A tab without content scripts (a browser page, one opened before the permission was granted) has nobody to answer. */
async function call(rollCall: RollCall): Promise<void> {
  await browser.tabs.sendMessage(rollCall.tabId, rollCall).catch(() => undefined);
}

function accept(port: Runtime.Port): void {
  const tabId = isOwnPage(port.sender) ? parsePanelLineName(port.name) : undefined;
  if (tabId === undefined) {
    extend(port);
    return;
  }
  followSwitch(port, tabId);
  reportHandshakes(port, tabId);
}

browser.runtime.onConnect.addListener(accept);
listenForPermission();
browser.runtime.onMessage.addListener(answer);
