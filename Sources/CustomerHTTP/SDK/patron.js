// Patron's client for JavaScript: one ES module without dependencies, for browsers and Node 18 or later.
//
//   import { Commerce, Patron } from 'https://shop.example/sdk/patron.js'
//   const sdk = new Patron({ apiKey, baseUrl: 'https://shop.example' })
//   for await (const customer of sdk.admin.customer.all({ tag: 'vip' })) …
//
// Every method answers with the body of the HTTP answer, as docs and /openapi.json have it, and throws a PatronError for a
// problem. The last argument of every method may be { signal, ifMatch, idempotencyKey, headers }.

/** A refusal of the server (RFC 9457), or no answer at all (status 0). */
export class PatronError extends Error {
  constructor(problem, cause) {
    super(problem.detail ?? problem.title ?? 'The server cannot be reached.', cause && { cause })
    this.name = 'PatronError'
    /** HTTP status; 0 when there was no answer. */
    this.status = problem.status ?? 0
    /** What went wrong, for programs: '/problems/email-taken'. */
    this.type = problem.type
    this.title = problem.title
    this.detail = problem.detail
    /** The fields at fault: [{ pointer | parameter | header, detail }]. */
    this.errors = problem.errors ?? []
    /** The request, as the server's log has it. */
    this.requestId = problem.instance
  }
}

const pause = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason) }, { once: true })
  })

/** Sends requests; both shapes of the client are made of it. */
class Client {
  #key
  #base
  #fetch
  #retries

  constructor({ apiKey, baseUrl, fetch = globalThis.fetch, retries = 2 } = {}) {
    if (!apiKey) throw new TypeError('apiKey is required')
    // Served by Patron itself, the module knows where it came from.
    const base = baseUrl ?? (import.meta.url.startsWith('http') ? new URL('/', import.meta.url).href : undefined)
    if (!base) throw new TypeError('baseUrl is required')
    this.#key = apiKey
    this.#base = base.replace(/\/+$/, '')
    this.#fetch = fetch
    this.#retries = retries
  }

  /**
   * Any request of the API.
   *
   * What is refused for the moment (429, 503), or gets no answer, is sent again, up to `retries` times: a POST has an
   * Idempotency-Key, so it happens once.
   */
  async request(method, path, { query, body, signal, ifMatch, idempotencyKey, headers = {} } = {}) {
    const url = new URL(this.#base + path)
    for (const [name, value] of Object.entries(query ?? {})) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== null) url.searchParams.append(name, one instanceof Date ? one.toISOString() : one)
      }
    }
    const all = { accept: 'application/json', authorization: `Bearer ${this.#key}`, ...headers }
    if (body !== undefined) all['content-type'] = 'application/json'
    if (ifMatch !== undefined) all['if-match'] = typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch
    if (method === 'POST') all['idempotency-key'] = idempotencyKey ?? globalThis.crypto?.randomUUID?.() ?? randomKey()
    const request = { method, headers: all, signal, body: body === undefined ? undefined : JSON.stringify(body) }
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt >= this.#retries
      let answer
      try {
        answer = await this.#fetch(url, request)
      } catch (error) {
        if (isLast || signal?.aborted) throw signal?.aborted ? error : new PatronError({}, error)
        await pause(200 * 2 ** attempt, signal)
        continue
      }
      if ((answer.status === 429 || answer.status === 503) && !isLast) {
        await answer.body?.cancel()
        const seconds = Number(answer.headers.get('retry-after'))
        await pause(Math.min(seconds > 0 ? seconds * 1000 : 200 * 2 ** attempt, 30_000), signal)
        continue
      }
      return this.#read(answer)
    }
  }

  async #read(answer) {
    if (answer.status === 204) return undefined
    const text = await answer.text()
    const isJSON = /^application\/(.+\+)?json\b/.test(answer.headers.get('content-type') ?? '')
    const value = isJSON && text ? JSON.parse(text) : text
    if (answer.ok) return value
    throw new PatronError(isJSON ? value : { status: answer.status, title: answer.statusText, detail: text })
  }

  get(path, query, options) { return this.request('GET', path, { ...options, query }) }
  post(path, body, options) { return this.request('POST', path, { ...options, body }) }
  put(path, body, options) { return this.request('PUT', path, { ...options, body }) }
  patch(path, body, options) { return this.request('PATCH', path, { ...options, body }) }
  delete(path, options) { return this.request('DELETE', path, options) }

  /** All rows of a list, page by page; what changes meanwhile is neither repeated nor lost. */
  async *all(path, query, options) {
    let cursor
    do {
      const page = await this.get(path, { limit: 100, ...query, cursor }, options)
      yield* page.data
      cursor = page.hasMore ? page.nextCursor : undefined
    } while (cursor)
  }
}

/** For where there is no crypto.randomUUID (pages without TLS): 128 bits of a key that must only be unlike others. */
function randomKey() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const id = encodeURIComponent

/** `commerce.customers.list({ tag, sort, display })`: the paths and shapes of `/user`. */
export class Commerce {
  constructor(options) {
    const client = new Client(options)
    const user = (customer) => `/user/${id(customer)}`
    this.request = client.request.bind(client)
    this.customers = {
      /** Answers { count, models }. */
      list: (query, options) => client.get('/user', query, options),
      get: (customer, options) => client.get(user(customer), undefined, options),
      create: (input, options) => client.post('/user', input, options),
      /** Absent fields stay; tags and metadata are replaced whole. */
      update: (customer, input, options) => client.put(user(customer), input, options),
      /** For good; orders stay, anonymous. */
      delete: (customer, options) => client.delete(user(customer), options),
      addAddress: (customer, address, options) => client.post(`${user(customer)}/address`, address, options),
      deleteAddress: (customer, address, options) => client.delete(`${user(customer)}/address/${id(address)}`, options),
      addTags: (customer, tags, options) => client.post(`${user(customer)}/tag`, { tags }, options),
    }
  }
}

/** `sdk.admin.customer.list({ limit, offset, sort, q })`: the canonical paths. Lists answer { data, hasMore, nextCursor, count }. */
export class Patron {
  constructor(options) {
    const client = new Client(options)
    const customer = (one) => `/api/v1/customers/${id(one)}`
    const group = (one) => `/api/v1/groups/${id(one)}`
    const order = (number) => `/api/v1/orders/${id(number)}`
    this.request = client.request.bind(client)
    this.admin = {
      customer: {
        list: (query, options) => client.get('/api/v1/customers', query, options),
        /** Every customer of the list, with `for await`. */
        all: (query, options) => client.all('/api/v1/customers', query, options),
        get: (one, options) => client.get(customer(one), undefined, options),
        create: (input, options) => client.post('/api/v1/customers', input, options),
        /** A merge patch: absent stays, null removes; `status: 'disabled'` and `'active'`, too. */
        update: (one, input, options) => client.patch(customer(one), input, options),
        delete: (one, options) => client.delete(customer(one), options),
        listAddresses: (one, query, options) => client.get(`${customer(one)}/addresses`, query, options),
        addAddress: (one, address, options) => client.post(`${customer(one)}/addresses`, address, options),
        updateAddress: (one, address, input, options) =>
          client.patch(`${customer(one)}/addresses/${id(address)}`, input, options),
        deleteAddress: (one, address, options) => client.delete(`${customer(one)}/addresses/${id(address)}`, options),
        addNote: (one, note, options) => client.post(`${customer(one)}/notes`, note, options),
        listNotes: (one, query, options) => client.get(`${customer(one)}/notes`, query, options),
        addTags: (one, tags, options) => client.post(`${customer(one)}/tags`, { tags }, options),
        removeTag: (one, tag, options) => client.delete(`${customer(one)}/tags/${id(tag)}`, options),
        timeline: (one, query, options) => client.get(`${customer(one)}/timeline`, query, options),
        merge: (survivor, from, choices, options) => client.post(`${customer(survivor)}/merge`, { ...choices, from }, options),
        loyalty: (one, options) => client.get(`${customer(one)}/loyalty`, undefined, options),
        /** { action: 'add' | 'deduct', points, reason }. */
        adjustPoints: (one, adjustment, options) => client.post(`${customer(one)}/points`, adjustment, options),
        credit: (one, query, options) => client.get(`${customer(one)}/credit`, query, options),
      },
      customerGroup: {
        list: (query, options) => client.get('/api/v1/groups', query, options),
        get: (one, options) => client.get(group(one), undefined, options),
        create: (input, options) => client.post('/api/v1/groups', input, options),
        /** { customerIds: [...] }. */
        addCustomers: (one, members, options) => client.post(`${group(one)}/members`, members, options),
        removeCustomer: (one, member, options) => client.delete(`${group(one)}/members/${id(member)}`, options),
        listCustomers: (one, query, options) => client.get(`${group(one)}/members`, query, options),
      },
      order: {
        list: (query, options) => client.get('/api/v1/orders', query, options),
        get: (number, options) => client.get(order(number), undefined, options),
        create: (customerId, input, options) => client.post(`${customer(customerId)}/orders`, input, options),
        update: (number, input, options) => client.patch(order(number), input, options),
        cancel: (number, input, options) => client.post(`${order(number)}/cancel`, input, options),
        refund: (number, input, options) => client.post(`${order(number)}/refunds`, input, options),
      },
    }
  }
}
