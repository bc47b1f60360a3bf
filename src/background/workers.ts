/**
 * Inserts the hook into the scripts of workers, in Firefox (no other browser lets an extension rewrite responses), while that is
 * switched on and a panel is open. A script that is in any way unusual passes unchanged, and no document waits for it.
 */
import browser, { type Runtime, type WebRequest } from 'webextension-polyfill';
import type { WorkersReport } from '../protocol/panel-line.ts';
import { WORKER_HOOK_FILE, WORKER_PERMISSIONS, type WorkerNotice } from '../protocol/workers.ts';
import { introduce, readContentType } from '../workers/hooked.ts';
import { findInsertion, type Insertion } from '../workers/prologue.ts';

const PERMISSIONS = { permissions: [...WORKER_PERMISSIONS] };
const PERMISSION_PAGE = '/src/permission/permission.html?workers';
/** Value of `tabId` for requests that belong to no tab, as those of shared workers do. */
const NO_TAB = -1;
/** Bytes that may be read to find the end of the directive prologue. */
const MOST_READ = 256 * 1024;
/** Values of `Sec-Fetch-Dest`, which scripts cannot set and browsers send only to trustworthy URLs. */
const WORKER_DESTINATIONS = ['worker', 'sharedworker'];
const SCRIPT_TYPE = /^(?:text|application)\/(?:x-)?(?:java|ecma)script$/;

/** Panels by the tab that they inspect. */
const panels = new Map<number, Set<Runtime.Port>>();
/** Stops listening in a tab. */
const listening = new Map<number, () => void>();
/** Where the workers of a document introduce themselves, by its frame; those of shared workers by their origin. */
const meetings = new Map<string, string>();

/** A panel that inspects a tab has connected. */
export function followSwitch(panel: Runtime.Port, tabId: number): void {
  const others = panels.get(tabId) ?? new Set();
  panels.set(tabId, others.add(panel));
  panel.onMessage.addListener((request: unknown) => {
    if (request === 'workers-on') void browser.tabs.create({ url: PERMISSION_PAGE });
    else if (request === 'workers-off') void browser.permissions.remove(PERMISSIONS);
  });
  panel.onDisconnect.addListener(() => {
    others.delete(panel);
    if (others.size === 0) panels.delete(tabId);
    void update();
  });
  void update();
}

/** Called when the background starts. */
export function listenForPermission(): void {
  browser.permissions.onAdded.addListener(({ permissions = [] }) => {
    // What `webRequest` can do is decided once for each page (`toolkit/components/extensions/child/ext-webRequest.js`). Panels connect again.
    if (permissions.some((name) => WORKER_PERMISSIONS.some((one) => one === name))) location.reload();
    else void update();
  });
  browser.permissions.onRemoved.addListener(() => void update());
}

/** Listens in the tabs that have a panel, if it may, and tells the panels. */
async function update(): Promise<void> {
  const isOn = await browser.permissions.contains(PERMISSIONS);
  const hook = isOn && panels.size > 0 ? await hookText() : undefined;
  const wanted = hook === undefined ? [] : [...panels.keys(), NO_TAB];
  for (const [tabId, stop] of listening) {
    if (wanted.includes(tabId)) continue;
    listening.delete(tabId);
    stop();
  }
  for (const tabId of wanted) {
    if (!listening.has(tabId) && hook !== undefined) listening.set(tabId, listen(tabId, hook));
  }
  const report: WorkersReport = { type: 'workers', isOn };
  for (const ports of panels.values()) for (const port of ports) port.postMessage(report);
}

let loading: Promise<string> | undefined;

function hookText(): Promise<string> {
  loading ??= fetch(browser.runtime.getURL(WORKER_HOOK_FILE)).then((response) => response.text());
  return loading;
}

/** @returns a function that stops it */
function listen(tabId: number, hook: string): () => void {
  const { onBeforeSendHeaders, onHeadersReceived, onErrorOccurred } = browser.webRequest;
  const filter: WebRequest.RequestFilter = { urls: ['http://*/*', 'https://*/*'], types: ['script'], tabId };
  const requests = new Set<string>();
  const sending = ({ requestId, requestHeaders }: WebRequest.OnBeforeSendHeadersDetailsType) => {
    const destination = headerOf(requestHeaders, 'sec-fetch-dest');
    if (destination !== undefined && WORKER_DESTINATIONS.includes(destination)) requests.add(requestId);
  };
  const received = (details: WebRequest.OnHeadersReceivedDetailsType) => {
    if (requests.delete(details.requestId) && isPlainScript(details)) prepend(details, hook);
  };
  const failed = ({ requestId }: WebRequest.OnErrorOccurredDetailsType) => {
    requests.delete(requestId);
  };
  onBeforeSendHeaders.addListener(sending, filter, ['requestHeaders']);
  onHeadersReceived.addListener(received, filter, ['blocking', 'responseHeaders']);
  onErrorOccurred.addListener(failed, filter);
  return () => {
    try {
      onBeforeSendHeaders.removeListener(sending);
      onHeadersReceived.removeListener(received);
      onErrorOccurred.removeListener(failed);
    } catch {
      // They went with the permission.
    }
  };
}

/** A response from which Firefox starts a worker. Filtering any other would swallow the worker's error event. */
function isPlainScript({ statusCode, responseHeaders }: WebRequest.OnHeadersReceivedDetailsType): boolean {
  const isOk = statusCode >= 200 && statusCode < 300;
  const { type, isAscii } = readContentType(headerOf(responseHeaders, 'content-type') ?? '');
  return isOk && SCRIPT_TYPE.test(type) && isAscii;
}

function headerOf(headers: WebRequest.HttpHeaders | undefined, name: string): string | undefined {
  return headers?.find((header) => header.name.toLowerCase() === name)?.value;
}

/** Passes the response on with the hook in it; once that is written, the rest bypasses the extension. */
function prepend(details: WebRequest.OnHeadersReceivedDetailsType, hook: string): void {
  const filter = browser.webRequest.filterResponseData(details.requestId);
  let head = new Uint8Array();
  const pass = (insertion: Insertion) => {
    if (typeof insertion !== 'number') {
      filter.write(head);
      return;
    }
    filter.write(head.subarray(0, insertion));
    filter.write(new TextEncoder().encode(introduced(details, hook)));
    filter.write(head.subarray(insertion));
  };
  filter.ondata = ({ data }) => {
    head = joined(head, new Uint8Array(data));
    const insertion = findInsertion(head, false);
    if (insertion === 'more' && head.length < MOST_READ) return;
    pass(insertion);
    filter.disconnect();
  };
  filter.onstop = () => {
    if (head.length > 0) pass(findInsertion(head, true));
    filter.close();
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** The hook with secrets of its own, which the worker's document is told. */
function introduced(details: WebRequest.OnHeadersReceivedDetailsType, hook: string): string {
  const token = crypto.randomUUID();
  const meeting = meetingOf(details);
  void tell(details, { type: 'framescope-worker', meeting, token, url: details.url });
  return introduce(hook, { meeting, token });
}

function meetingOf({ tabId, frameId, url }: WebRequest.OnHeadersReceivedDetailsType): string {
  const key = tabId === NO_TAB ? new URL(url).origin : `${tabId}:${frameId}`;
  const meeting = meetings.get(key) ?? crypto.randomUUID();
  meetings.set(key, meeting);
  return meeting;
}

async function tell(details: WebRequest.OnHeadersReceivedDetailsType, notice: WorkerNotice): Promise<void> {
  const { tabId, frameId } = details;
  const owner = tabId === NO_TAB ? await inspectedTabOf(details) : tabId;
  if (owner === undefined) return;
  // A document without our content script has nobody to be told.
  await browser.tabs.sendMessage(owner, notice, { frameId }).catch(() => undefined);
}

/** A shared worker belongs to no tab: one with a panel is chosen that shows a page of its origin, at best the one that asks. */
async function inspectedTabOf({
  url,
  documentUrl,
  incognito = false,
}: WebRequest.OnHeadersReceivedDetailsType): Promise<number | undefined> {
  const { origin } = new URL(url);
  const tabs = (await browser.tabs.query({})).filter(
    (tab) =>
      panels.has(tab.id ?? NO_TAB) &&
      tab.incognito === incognito &&
      tab.url !== undefined &&
      URL.parse(tab.url)?.origin === origin,
  );
  return (tabs.find((tab) => tab.url === documentUrl) ?? tabs[0])?.id;
}
