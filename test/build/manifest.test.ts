import { describe, expect, it } from 'vitest';
import base from '../../manifest.json' with { type: 'json' };
import { version } from '../../package.json' with { type: 'json' };
import { attributes, BuiltExtension, resolve, TARGETS } from './extension.ts';

const STREAM_HOOK = 'src/page/stream-hook.js';

describe.each(TARGETS)('the manifest built for %s', (target) => {
  const extension = new BuiltExtension(target);
  const { manifest } = extension;

  it('is one of Manifest V3 with the version of package.json', () => {
    expect(manifest).toMatchObject({ manifest_version: 3, version });
  });

  it('comes from the base manifest', () => {
    const { version: _version, content_scripts, ...same } = base;
    expect(manifest).toMatchObject(same);
    const compiled = content_scripts.map((script) => ({
      ...script,
      js: script.js.map((file) => file.replace(/\.ts$/, '.js')),
    }));
    const shared = manifest.content_scripts.map(({ js, ...script }) => ({
      ...script,
      js: js.filter((file) => file !== STREAM_HOOK),
    }));
    expect(shared.slice(0, compiled.length)).toEqual(compiled);
  });

  it('asks for as little as possible', () => {
    const { permissions, host_permissions, optional_permissions, optional_host_permissions } = manifest;
    expect({ permissions, host_permissions, optional_permissions, optional_host_permissions }).toEqual(
      {
        chrome: {
          optional_permissions: ['scripting'],
          optional_host_permissions: ['http://*/*', 'https://*/*'],
        },
        firefox: {
          permissions: ['webRequest'],
          host_permissions: ['<all_urls>'],
          optional_permissions: ['webRequestBlocking', 'webRequestFilterResponse'],
        },
      }[target],
    );
  });

  it('opens nothing to web pages', () => {
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('externally_connectable');
  });

  it('lets its pages run and load nothing but its own files', () => {
    const policy = manifest.content_security_policy.extension_pages;
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:|\*/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
  });

  it('runs the relay and then the hook, in Chrome behind that of streams, at the start of every document in every frame', () => {
    const everywhere = {
      matches: ['<all_urls>'],
      run_at: 'document_start',
      all_frames: true,
      match_about_blank: true,
      match_origin_as_fallback: true,
    };
    const [relay, hook, ...others] = manifest.content_scripts;
    expect(relay).toEqual({ ...everywhere, js: [extension.contentScript('content/relay')] });
    const hooks = target === 'chrome' ? [STREAM_HOOK, 'src/page/hook.js'] : ['src/page/hook.js'];
    expect(hook).toEqual({ ...everywhere, js: hooks, world: 'MAIN' });
    const workers = { ...everywhere, js: ['src/content/workers.js'] };
    expect(others).toEqual(target === 'firefox' ? [workers] : []);
  });

  it('names only files that exist', () => {
    const { icons, devtools_page, background, content_scripts } = manifest;
    const scripts = content_scripts.flatMap(({ js, css = [] }) => [...js, ...css]);
    const locale = `_locales/${manifest.default_locale}/messages.json`;
    const named = [
      ...Object.values(icons),
      devtools_page,
      ...(background?.scripts ?? []),
      ...scripts,
      locale,
    ];
    expect(named.filter((file) => !extension.has(file))).toEqual([]);
  });

  it('has pages that name only files that exist', () => {
    const missing = extension.ending('.html').flatMap(({ path, bytes }) => {
      const html = bytes.toString('utf8');
      const named = [...attributes(html, 'script', 'src'), ...attributes(html, 'link', 'href')];
      return named.map((file) => resolve(path, file)).filter((file) => !extension.has(file));
    });
    expect(missing).toEqual([]);
  });
});

describe('what differs between the two manifests', () => {
  it('is what Chrome alone understands', () => {
    expect(new BuiltExtension('chrome').manifest).toMatchObject({
      minimum_chrome_version: '120',
      incognito: 'split',
      message_serialization: 'structured_clone',
    });
  });

  it('is what Firefox alone understands', () => {
    expect(new BuiltExtension('firefox').manifest).toMatchObject({
      browser_specific_settings: {
        gecko: {
          id: 'framescope@framescope.dev',
          strict_min_version: '140.0',
          data_collection_permissions: { required: ['none'] },
        },
      },
    });
  });

  it('is nothing else', () => {
    const own = {
      chrome: [
        'minimum_chrome_version',
        'incognito',
        'message_serialization',
        'optional_permissions',
        'optional_host_permissions',
      ],
      firefox: [
        'background',
        'permissions',
        'host_permissions',
        'optional_permissions',
        'browser_specific_settings',
      ],
    };
    const shared = TARGETS.map((target) => {
      const { content_scripts, ...manifest } = new BuiltExtension(target).manifest;
      const keys = Object.entries(manifest).filter(([key]) => !own[target].includes(key));
      // Firefox's third one is for workers, and Chrome's second one begins with a script for streams.
      const scripts = content_scripts.slice(0, 2).map((script) => ({ ...script, js: script.js.at(-1) }));
      return { ...Object.fromEntries(keys), content_scripts: scripts };
    });
    expect(shared[0]).toEqual(shared[1]);
  });
});
