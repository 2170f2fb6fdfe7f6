// Opens a page for notes where there is no connection, and keeps the evidence that was being sent when it went. Nothing
// else passes through here: other pages are fetched as if this were not there. The page kept is SHELL_DIGEST.
importScripts("OUTBOX_ADDRESS");

const KEPT = "joinedup-shell-SHELL_DIGEST";
const ADD = /^\/inspections\/([\w-]+)\/evidence\/add$/;
const UNREACHED = [502, 503, 504];

async function fill() {
  const cache = await caches.open(KEPT);
  const page = await fetch("/offline", { cache: "no-store", credentials: "omit" });
  const text = await page.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await cache.addAll([...new Set(parts)]);
  await cache.put("/offline", page);
}

async function settle() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

async function page(request) {
  try {
    const answer = await fetch(request);
    if (!UNREACHED.includes(answer.status)) return answer;
  } catch {
    // No connection: the page that was kept opens.
  }
  return (await caches.match("/offline")) ?? Response.error();
}

async function part(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

// Evidence goes to the server, or to the end of what waits: nothing overtakes a note that was typed before it.
async function evidence(request, reference) {
  const fields = [...(await request.clone().formData()).entries()].filter(([, value]) => typeof value === "string");
  const waiting = (await outbox.notes()).some((note) => !note.refused);
  if (!waiting) {
    try {
      const answer = await fetch(request);
      if (!UNREACHED.includes(answer.status)) return answer;
    } catch {
      // Whether it came through is not known. It is kept, and its mark sees to it that it is added once.
    }
  }
  await outbox.keep(reference, fields);
  return Response.redirect(new URL(request.url).pathname, 303);
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(settle()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  const adds = ADD.exec(address.pathname);
  if (request.mode === "navigate" && request.method === "POST" && adds) event.respondWith(evidence(request, adds[1]));
  else if (request.mode === "navigate" && request.method === "GET" && address.pathname.startsWith("/inspections")) {
    event.respondWith(page(request));
  } else if (request.method === "GET" && address.pathname.startsWith("/static/")) event.respondWith(part(request));
});
