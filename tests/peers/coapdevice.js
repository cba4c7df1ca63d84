// SPDX-License-Identifier: GPL-3.0-or-later
// A device on the npm package coap, behind a wire that doubles and loses what it is told to.
// Usage: NODE_PATH=… node coapdevice.js SERVER_PORT USER DEVICE SESSION
// Prints one JSON line for each thing that happened, and takes lines on standard input:
//   register | refresh | remove            asks the server through the wire
//   double both|device|none                each datagram, both ways or those of the device
//   lose con|ack                           the next datagram of the device of this type
// A push whose body begins with "slow" is answered separately, after the acknowledgement.
'use strict';
const coap = require('coap'), dgram = require('dgram'), readline = require('readline');
const [, , serverPort, user, deviceId, session] = process.argv;

const say = (event, fields) => console.log(JSON.stringify({ event, ...fields }));
const types = ['con', 'non', 'ack', 'rst'];
let doubling = 'none', losing = '';

// Datagrams that come to `outer` go on to `port` from `inner`, and what comes back there goes to who was there last.
function wire(port, name, ready) {
    const outer = dgram.createSocket('udp4'), inner = dgram.createSocket('udp4');
    const fromDevice = name === 'up' ? outer : inner;
    let last;
    const carry = (from, to, where) => from.on('message', (data, source) => {
        if (from === outer)
            last = source;
        const byDevice = from === fromDevice;
        const type = types[data[0] >> 4 & 3], lost = byDevice && losing === type;
        say('datagram', { by: byDevice ? 'device' : 'server', type, id: data.readUInt16BE(2), lost });
        if (lost) {
            losing = '';
            return;
        }
        const twice = doubling === 'both' || (doubling === 'device' && byDevice);
        for (let copy = 0; copy < (twice ? 2 : 1); copy += 1)
            to.send(data, ...where());
    });
    carry(outer, inner, () => [port, '127.0.0.1']);
    carry(inner, outer, () => [last.port, last.address]);
    inner.bind(0, '127.0.0.1', () => outer.bind(0, '127.0.0.1', () => ready(outer.address().port)));
}

const server = coap.createServer((request, response) => {
    const body = request.payload.toString();
    say('request', { method: request.method, url: request.url, octets: request.payload.length, body: body.slice(0, 100) });
    const answer = () => {
        response.code = request.url.startsWith('/push?') && request.method === 'POST' ? '2.04' : '4.04';
        response.end();
    };
    if (body.startsWith('slow'))
        setTimeout(answer, 400);
    else
        answer();
});
server.on('error', error => say('error', { text: String(error) }));

const own = dgram.createSocket('udp4');
own.bind(0, '127.0.0.1', () => {
    server.listen(own);
    wire(own.address().port, 'down', reachedAt => wire(Number(serverPort), 'up', serverAt => obey(reachedAt, serverAt)));
});

function obey(reachedAt, serverAt) {
    const agent = new coap.Agent({ type: 'udp4' });
    let location = '';
    const ask = (what, method, pathname, query) => {
        const request = coap.request({ host: '127.0.0.1', port: serverAt, method, pathname, query, agent });
        request.on('response', response => {
            const path = response.options.filter(option => option.name === 'Location-Path');
            if (path.length > 0)
                location = path.map(option => '/' + option.value).join('');
            say('answer', { to: what, code: response.code, location, body: response.payload.toString() });
        });
        request.on('error', error => say('error', { text: String(error) }));
        request.end();
    };
    readline.createInterface({ input: process.stdin }).on('line', line => {
        const [command, value] = line.split(' ');
        if (command === 'register')
            ask(command, 'POST', '/rd', `ep=${deviceId}&u=${user}&s=${session}&app=mail&lt=600&b=coap://127.0.0.1:${reachedAt}`);
        else if (command === 'refresh')
            ask(command, 'POST', location, '');
        else if (command === 'remove')
            ask(command, 'DELETE', location, '');
        else if (command === 'double')
            doubling = value;
        else if (command === 'lose')
            losing = value;
        say('done', { command });
    });
    say('ready', {});
}
