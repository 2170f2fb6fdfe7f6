// Notes typed without a connection: kept in IndexedDB, encrypted, in order, and sent once the server answers.
//
// Each session has a key pair. The public half lies open and encrypts, so that a page opened without a connection can
// keep notes. The private half lies wrapped under a key that the server alone makes for the signed-in person; it is
// held in memory, cannot be exported, and is asked for anew by every page. A classic script: pages and the service
// worker load the same file.
(() => {
  const ECDH = { name: "ECDH", namedCurve: "P-256" };
  const AES = { name: "AES-GCM", length: 256 };
  const LOCK = "joinedup-outbox";
  const privates = new Map();

  const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

  function opened() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open("joinedup-outbox", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("keys", { keyPath: "kid" });
        asked.result.createObjectStore("notes", { keyPath: "number", autoIncrement: true });
        asked.result.createObjectStore("choices", { keyPath: "reference" });
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  // One step on one store; resolved when the transaction is on disk, not when the step is taken.
  async function step(store, mode, take) {
    const database = await opened();
    try {
      return await new Promise((done, failed) => {
        const whole = database.transaction(store, mode, { durability: "strict" });
        const asked = take(whole.objectStore(store));
        whole.oncomplete = () => done(asked.result);
        whole.onabort = whole.onerror = () => failed(whole.error);
      });
    } finally {
      database.close();
    }
  }

  const all = (store) => step(store, "readonly", (held) => held.getAll());
  const put = (store, value) => step(store, "readwrite", (held) => held.put(value));
  const remove = (store, key) => step(store, "readwrite", (held) => held.delete(key));

  // What the server says of a session's key; null where nobody is signed in, or the key is not this person's.
  async function asked(kid) {
    const address = kid ? `/offline/key?kid=${encodeURIComponent(kid)}` : "/offline/key";
    const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) return null;
    const told = await answer.json();
    const key = await crypto.subtle.importKey("raw", bytes(told.key), AES, false, ["encrypt", "decrypt"]);
    return { kid: told.kid, key, csrf: told.csrf };
  }

  // See to it that this session's key pair is here, so that notes can be kept from now on.
  async function prepare() {
    const told = await asked();
    if (!told) return null;
    const known = (await all("keys")).some((each) => each.kid === told.kid);
    if (!known) {
      const pair = await crypto.subtle.generateKey(ECDH, true, ["deriveKey"]);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const open = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
      const wrapped = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, told.key, open);
      const publicKey = await crypto.subtle.exportKey("raw", pair.publicKey);
      await put("keys", { kid: told.kid, publicKey, iv, wrapped, at: Date.now() });
    }
    return told;
  }

  // Keep one form's fields, the last of all that wait. Raises where no key was ever made here.
  async function keep(reference, fields) {
    const key = (await all("keys")).sort((one, other) => other.at - one.at)[0];
    if (!key) throw new Error("no key was made in this browser yet");
    const pairs = fields.filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "another");
    if (!pairs.some(([name, value]) => name === "sent" && value)) {
      const random = crypto.getRandomValues(new Uint8Array(16));
      pairs.push(["sent", Array.from(random, (each) => each.toString(16).padStart(2, "0")).join("")]);
    }
    const once = await crypto.subtle.generateKey(ECDH, false, ["deriveKey"]);
    const theirs = await crypto.subtle.importKey("raw", key.publicKey, ECDH, false, []);
    const secret = await crypto.subtle.deriveKey({ name: "ECDH", public: theirs }, once.privateKey, AES, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(pairs));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, plain);
    const onceKey = await crypto.subtle.exportKey("raw", once.publicKey);
    await put("notes", { reference, kid: key.kid, onceKey, iv, data, at: Date.now(), refused: "" });
  }

  // A note's fields; null where its key is not to be had by whoever is signed in.
  async function read(note) {
    if (!privates.has(note.kid)) {
      const told = await asked(note.kid);
      const held = (await all("keys")).find((each) => each.kid === note.kid);
      if (!told || !held) return null;
      const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: held.iv }, told.key, held.wrapped);
      privates.set(note.kid, await crypto.subtle.importKey("pkcs8", open, ECDH, false, ["deriveKey"]));
    }
    const once = await crypto.subtle.importKey("raw", note.onceKey, ECDH, false, []);
    const secret = await crypto.subtle.deriveKey({ name: "ECDH", public: once }, privates.get(note.kid), AES, false, ["decrypt"]);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: note.iv }, secret, note.data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  // Send what waits, the first first, from one page at a time. What the server refuses stays with the reason, and the
  // next is sent; where nobody answers, or nobody is signed in, all that is left stays as it is.
  function send() {
    return navigator.locks.request(LOCK, async () => {
      const told = await asked();
      if (!told) return;
      for (const note of await all("notes")) {
        const pairs = await read(note);
        if (!pairs) continue;
        const body = new FormData();
        for (const [name, value] of pairs) body.append(name, value);
        const answer = await fetch(`/inspections/${note.reference}/evidence/waiting`, {
          method: "POST", body, headers: { "X-CSRFToken": told.csrf }, redirect: "manual",
        });
        if (answer.ok) await remove("notes", note.number);
        else if (answer.status === 422) await put("notes", { ...note, refused: (await answer.json()).refused });
        else if (answer.status === 403 || answer.status === 404) {
          await put("notes", { ...note, refused: "You may not add evidence to this inspection now." });
        } else return;
      }
      for (const { kid } of (await all("keys")).filter((each) => each.kid !== told.kid)) {
        if (!(await all("notes")).some((note) => note.kid === kid)) await remove("keys", kid);
      }
    });
  }

  globalThis.outbox = {
    prepare, keep, read, send,
    notes: () => all("notes"),
    forget: (number) => remove("notes", number),
    choices: () => all("choices"),
    keepChoices: (given) => put("choices", given),
  };
})();
