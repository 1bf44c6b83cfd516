// Runs both shapes of the JavaScript client, as the sources have their calls, against the server at BASE with the key KEY.
// The module is the one that the server serves: node sdk.test.mjs BASE KEY
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { pathToFileURL } from 'node:url'

const [baseUrl, apiKey] = process.argv.slice(2)
const served = await fetch(`${baseUrl}/sdk/patron.js`)
assert.match(served.headers.get('content-type'), /^text\/javascript/)
const again = await fetch(`${baseUrl}/sdk/patron.js`, { headers: { 'if-none-match': served.headers.get('etag') } })
assert.equal(again.status, 304)
const folder = await mkdtemp(join(tmpdir(), 'patron-sdk-'))
const file = join(folder, 'patron.mjs')
await writeFile(file, await served.text())
const { Commerce, Patron, PatronError } = await import(pathToFileURL(file))
await rm(folder, { recursive: true })

const commerce = new Commerce({ apiKey, baseUrl })
const sdk = new Patron({ apiKey, baseUrl: `${baseUrl}/` })
const address = { label: 'Home', line1: '456 Oak Ave', city: 'Portland', state: 'OR', postalCode: '97201', country: 'US' }

test('commerce.customers', async () => {
  const created = await commerce.customers.create({ email: 'jane@commerce.example', firstName: 'Jane', lastName: 'Doe' })
  assert.match(created.id, /^cust_/)
  assert.deepEqual(Object.keys(created), ['id', 'email', 'firstName', 'lastName', 'createdAt'])
  await commerce.customers.addAddress(created.id, address)
  await commerce.customers.addTags(created.id, ['vip'])
  const list = await commerce.customers.list({ tag: 'vip', sort: 'totalSpent:desc', display: 50 })
  assert.deepEqual(Object.keys(list), ['count', 'models'])
  assert.equal(list.count, 1)
  assert.equal(list.models[0].id, created.id)
  const changed = await commerce.customers.update(created.id, { firstName: 'Janet', metadata: { segment: 'vip' } })
  assert.equal(changed.firstName, 'Janet')
  const got = await commerce.customers.get(created.id)
  assert.deepEqual(got.tags, ['vip'])
  assert.equal(got.addresses[0].line1, '456 Oak Ave')
  await commerce.customers.deleteAddress(created.id, got.addresses[0].id)
  assert.equal(await commerce.customers.delete(created.id), undefined)
  await assert.rejects(commerce.customers.get(created.id), (error) => error instanceof PatronError && error.status === 410)
})

test('sdk.admin.customer', async () => {
  const { customer } = sdk.admin
  const jane = await customer.create({ email: 'jane@admin.example', firstName: 'Jane' })
  const found = await customer.list({ limit: 50, offset: 0, sort: '-createdAt', q: 'jane' })
  assert.deepEqual(found.data.map((one) => one.id), [jane.id])
  const added = await customer.addAddress(jane.id, { ...address, label: undefined, isDefault: true })
  assert.equal((await customer.updateAddress(jane.id, added.id, { line1: '789 Pine St' })).line1, '789 Pine St')
  assert.equal((await customer.listAddresses(jane.id)).data[0].isDefaultShipping, true)
  await customer.deleteAddress(jane.id, added.id)
  await customer.addNote(jane.id, { text: 'VIP customer - always expedite shipping.' })
  assert.equal((await customer.listNotes(jane.id)).data[0].text, 'VIP customer - always expedite shipping.')
  const edit = { firstName: 'Jane', lastName: 'Doe', phone: '+1-555-0123', metadata: { preferredLanguage: 'en' } }
  assert.equal((await customer.update(jane.id, edit)).metadata.preferredLanguage, 'en')
  assert.equal((await customer.update(jane.id, { status: 'disabled' })).status, 'disabled')
  assert.equal((await customer.update(jane.id, { status: 'active' })).status, 'active')
  const stale = customer.update(jane.id, { lastName: 'Late' }, { ifMatch: 1 })
  await assert.rejects(stale, (error) => error.status === 412)
  const bad = customer.create({ email: 'not an address' })
  await assert.rejects(bad, (error) => error.status === 422 && error.errors[0].pointer === '/email')
})

test('sdk.admin.customerGroup', async () => {
  const { customer, customerGroup } = sdk.admin
  const members = []
  for (let index = 0; index < 3; index++) members.push((await customer.create({ externalId: `member-${index}` })).id)
  const group = await customerGroup.create({ name: 'Trade', description: 'Approved wholesale buyers with volume pricing' })
  await customerGroup.addCustomers(group.id, { customerIds: members })
  await customerGroup.removeCustomer(group.id, members[0])
  const page = await customerGroup.listCustomers(group.id, { limit: 50 })
  assert.deepEqual(page.data.map((one) => one.id).sort(), members.slice(1).sort())
  const all = []
  for await (const one of customer.all({ group: group.id, limit: 1 })) all.push(one.id)
  assert.deepEqual(all.sort(), members.slice(1).sort())
})

test('sdk.admin.order', async () => {
  const buyer = await sdk.admin.customer.create({ externalId: 'buyer' })
  const items = [{ sku: 'S-1', name: 'Mug', quantity: 2, unitPrice: 2100 }]
  await sdk.admin.order.create(buyer.id, { number: 'A-1', currency: 'USD', items })
  const orders = await sdk.admin.order.list({ customerId: buyer.id, sort: '-createdAt', limit: 20 })
  assert.deepEqual(orders.data.map((one) => one.number), ['A-1'])
})

test('a request that is refused for the moment is sent again, with the same key', async () => {
  const keys = []
  let refusals = 2
  const flaky = (url, request) => {
    keys.push(request.headers['idempotency-key'])
    if (refusals-- > 0) return Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '0' } }))
    return fetch(url, request)
  }
  const client = new Patron({ apiKey, baseUrl, fetch: flaky })
  await client.admin.customer.create({ externalId: 'once' })
  assert.equal(keys.length, 3)
  assert.equal(new Set(keys).size, 1)
  const down = new Patron({ apiKey, baseUrl, retries: 0, fetch: () => Promise.reject(new TypeError('down')) })
  await assert.rejects(down.admin.customer.list(), (error) => error instanceof PatronError && error.status === 0)
})
