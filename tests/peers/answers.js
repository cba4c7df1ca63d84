// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the routes of the code and real answers to the description of our HTTP interfaces. Says what does not fit, a line each,
// and exits with 1. Answers are judged strictly: a field that is not described, or described and not there, does not fit.
// Usage: node answers.js openapi.yaml < RECORDS    with a JSON object on each line:
//   {"listener", "routes": ["GET /v1/status", …]}
//   {"listener", "method", "path", "status", "type", "body"}    body: JSON, or a text of another type
'use strict';
const fs = require('fs');
const yaml = require('yaml');
const Ajv = require('ajv/dist/2020');
const addFormats = require('ajv-formats');

const api = yaml.parse(fs.readFileSync(process.argv[2], 'utf8'));
const records = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
const complaints = [];
const methods = ['get', 'put', 'post', 'delete'];
const withoutBody = new Set(['POST /wpush/{token} 201', 'POST /wpush/{token} 202', 'GET /wpush/{token}/r/{id} 202']);

function tighten(schema) {
    if (schema === null || typeof schema !== 'object')
        return;
    if (schema.properties) {
        schema.additionalProperties ??= false;
        schema.required ??= Object.keys(schema.properties);
    }
    Object.values(schema).forEach(tighten);
}
for (const [name, schema] of Object.entries(api.components.schemas)) {
    if (!/(Order|Request)$/.test(name))
        tighten(schema);
}
tighten(api.components.responses);

const ajv = new Ajv({strict: false, allErrors: true, validateSchema: false});
addFormats(ajv);
ajv.addSchema(api, 'api');

const operations = [];
for (const [path, item] of Object.entries(api.paths)) {
    for (const method of methods.filter(name => item[name]))
        operations.push({name: `${method.toUpperCase()} ${path}`, path, method, ...item[method]});
}
const escaped = part => part.replace(/~/g, '~0').replace(/\//g, '~1');
function responseOf(operation, status) {
    const key = operation.responses[status] ? String(status) : 'default';
    const ref = operation.responses[key]?.$ref;
    const pointer = ref ? ref.slice(1) : `/paths/${escaped(operation.path)}/${operation.method}/responses/${key}`;
    return {pointer, ...(ref ? api.components.responses[ref.split('/').pop()] : operation.responses[key])};
}

// The file for itself.
const schemes = new Set([...api.security, ...operations.flatMap(operation => operation.security ?? [])].flatMap(Object.keys));
for (const scheme of Object.keys(api.components.securitySchemes)) {
    if (!schemes.has(scheme))
        complaints.push(`security scheme ${scheme}: no operation takes it`);
}
for (const operation of operations) {
    if (!operation.tags?.length)
        complaints.push(`${operation.name}: no tags`);
    for (const status of Object.keys(operation.responses).filter(one => one.startsWith('2') && one !== '204')) {
        const content = Object.entries(responseOf(operation, status).content ?? {});
        const isEmpty = withoutBody.has(`${operation.name} ${status}`);
        if (isEmpty !== (content.length === 0))
            complaints.push(`${operation.name} ${status}: ${isEmpty ? 'has no body' : 'no content is described'}`);
        for (const [type, media] of content) {
            if (type.endsWith('json') && !media.schema)
                complaints.push(`${operation.name} ${status}: no schema`);
        }
    }
}

// The code.
for (const {listener, routes} of records.filter(record => record.routes)) {
    const described = operations.filter(operation => operation.tags?.includes(listener)).map(operation => operation.name);
    const bare = name => name.replace(/\{[^}]*\}/g, '{}');
    for (const name of described.filter(one => !routes.map(bare).includes(bare(one))))
        complaints.push(`${listener}: ${name} is described and not there`);
    for (const name of routes.filter(one => !described.map(bare).includes(bare(one))))
        complaints.push(`${listener}: ${name} is there and not described`);
}

// Its answers.
const seen = new Set();
for (const record of records.filter(one => one.method)) {
    const path = record.path.split('?')[0];
    const fits = operation => new RegExp('^' + operation.path.replace(/\{[^}]*\}/g, '[^/]+') + '$').test(path);
    const operation = operations.filter(one => one.method === record.method.toLowerCase() && one.tags.includes(record.listener) && fits(one))
        .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
    const name = `${record.listener}: ${record.method} ${path} ${record.status}`;
    if (!operation) {
        complaints.push(`${name}: not described`);
        continue;
    }
    if (record.status >= 200 && record.status < 300 && !operation.responses[record.status])
        complaints.push(`${name}: this status is not described`);
    const response = responseOf(operation, record.status);
    const type = record.type.split(';')[0];
    seen.add(`${operation.name} ${record.status}`);
    if (!record.body) {
        if (response.content && record.status < 300)
            complaints.push(`${name}: a body is described, there is none`);
        continue;
    }
    if (!response.content?.[type]) {
        complaints.push(`${name}: ${type} is not described`);
        continue;
    }
    if (!type.endsWith('json'))
        continue;
    const validate = ajv.compile({$ref: `api#${response.pointer}/content/${escaped(type)}/schema`});
    if (!validate(record.body)) {
        for (const error of validate.errors)
            complaints.push(`${name}: ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
    }
}
// What is described as JSON was asked for, or is named here with the reason.
const unasked = new Set(['POST /v1/sessions/{session}/pushes 202']); // as POST /v1/pushes
for (const operation of records.some(one => one.method) ? operations : []) {
    for (const status of Object.keys(operation.responses).filter(one => one.startsWith('2'))) {
        const isJson = Object.keys(responseOf(operation, status).content ?? {}).some(type => type.endsWith('json'));
        if (isJson && !seen.has(`${operation.name} ${status}`) && !unasked.has(`${operation.name} ${status}`))
            complaints.push(`${operation.name} ${status}: no such answer was judged`);
    }
}
complaints.forEach(complaint => console.log(complaint));
process.exit(complaints.length ? 1 : 0);
