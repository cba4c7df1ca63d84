// SPDX-License-Identifier: GPL-3.0-or-later
// An SMSC for the tests, on the npm package smpp. Prints one JSON line for each thing that happens and reads commands from
// standard input: a JSON object changes options, "stats" prints counts, "close" drops every session.
//
// Usage: node smsc.js [--OPTION VALUE]…
//   --port N            0: any free one, printed
//   --system-id, --password   who may bind (ppg1, secret)
//   --ids hex|decimal   how submit_sm_resp writes message ids
//   --receipt-ids hex|decimal   how receipts write them
//   --receipts none|after|before|twice|foreign|tlv   before: earlier than the response; foreign: only for ids never issued
//   --state DELIVRD     of receipts
//   --status N          of every submit_sm_resp; --fail-first N: only of so many
//   --takes N           submit_sm taken in a row; as many as a quarter of that are throttled (0x58) after them
//   --silent on         answers no submit_sm; deaf: no enquire_link either
//   --die-after N       drops the connection at so many submit_sm, without an answer to the last ones
//   --terminal NUMBER=ADDRESS[:PORT]   what NUMBER gets goes there as UDP datagrams, as from an adapter between SMSC and IP: the user
//                       data header is taken off, parts are put together, and without PORT the port is the one of the header
//   --ussd none|confirm|refuse|busy   how terminals answer strings; --echo on: with the session information of the request
//   --tls CERTIFICATE,KEY   PEM files
//   --quiet on          no line for each submit_sm
'use strict';
const dgram = require('dgram');
const fs = require('fs');
const readline = require('readline');
const smpp = require('smpp');

const options = {
    port: 0, system_id: 'ppg1', password: 'secret', ids: 'hex', receipt_ids: 'hex', receipts: 'after', state: 'DELIVRD',
    status: 0, fail_first: 0, takes: 0, silent: 'off', die_after: 0, ussd: 'confirm', echo: 'on', quiet: 'off', tls: '',
};
const terminals = new Map();

function change(name, value) {
    if (name === 'terminal') {
        const [number, address] = value.split('=');
        const colon = address.lastIndexOf(':');
        terminals.set(number, colon < 0 ? { host: address } : { host: address.slice(0, colon), port: +address.slice(colon + 1) });
        return;
    }
    if (!(name in options)) {
        process.stderr.write('unknown option ' + name + '\n');
        process.exit(2);
    }
    options[name] = typeof options[name] === 'number' ? Number(value) : value;
}

for (let i = 2; i < process.argv.length; i += 2)
    change(process.argv[i].replace(/^--/, '').replace(/-/g, '_'), process.argv[i + 1]);

function say(event, more) {
    process.stdout.write(JSON.stringify({ event, ...more }) + '\n');
}

const stats = { submits: 0, accepted: 0, throttled: 0, delivered: 0, answers: {}, order: [] };
const sessions = new Set();
const udp = dgram.createSocket('udp4');
const parts = new Map();
let lastId = 0x4f8a1200;

/// Ports and place among the parts, from the elements of a header or from the parameters.
function placed(pdu) {
    const place = { port: pdu.dest_port, reference: pdu.sar_msg_ref_num, total: pdu.sar_total_segments,
                    sequence: pdu.sar_segment_seqnum };
    for (const element of (pdu.short_message.udh || [])) {
        if (element[0] === 0x05)
            place.port = element.readUInt16BE(2);
        else if (element[0] === 0x00)
            [place.reference, place.total, place.sequence] = [element[2], element[3], element[4]];
        else if (element[0] === 0x08)
            [place.reference, place.total, place.sequence] = [element.readUInt16BE(2), element[4], element[5]];
    }
    return place;
}

function toTerminal(number, port, octets) {
    const terminal = terminals.get(number);
    if (!terminal)
        return;
    ++stats.delivered;
    udp.send(octets, terminal.port || port || 2948, terminal.host);
    say('to-terminal', { number, port: terminal.port || port, octets: octets.toString('hex') });
}

function deliverToTerminal(pdu) {
    const number = pdu.destination_addr;
    const place = placed(pdu);
    const payload = Buffer.from(pdu.short_message.message);
    if (!place.total || place.total === 1)
        return toTerminal(number, place.port, payload);
    const key = [number, place.reference, place.total, place.port].join('/');
    const have = parts.get(key) || new Map();
    have.set(place.sequence, payload);
    parts.set(key, have);
    if (have.size === place.total) {
        parts.delete(key);
        toTerminal(number, place.port, Buffer.concat([...have.keys()].sort((a, b) => a - b).map((k) => have.get(k))));
    }
}

/// The text of a USSD string as the reference client's adapter reads it: see server/wire/ussdtext.h.
function pushInString(octets) {
    const text = octets.toString('latin1');
    if (text.startsWith('SIR:'))
        return Buffer.from(text.slice(4), 'base64');
    return text.startsWith('SIR;') ? Buffer.from(text.slice(4), 'hex') : octets;
}

/// Where receipts and answers for a session go: itself, or a receiver.
function receiverFor(submitter) {
    if (submitter.mode === 'transceiver')
        return submitter;
    const able = [...sessions].filter((session) => session.mode !== 'transmitter');
    return able.length ? able[able.length - 1] : null;
}

function written(id, base) {
    return base === 'decimal' ? String(id) : id.toString(16);
}

function receipt(submitter, pdu, id) {
    const session = receiverFor(submitter);
    if (!session)
        return;
    const named = written(options.receipts === 'foreign' ? id + 0x1000000 : id, options.receipt_ids);
    const day = '2611281200';
    const states = { DELIVRD: 2, EXPIRED: 3, DELETED: 4, UNDELIV: 5, ACCEPTD: 6, UNKNOWN: 7, REJECTD: 8 };
    const text = options.receipts === 'tlv' ? ''
        : `id:${named} sub:001 dlvrd:001 submit date:${day} done date:${day}05 stat:${options.state} err:000 text:id:1`;
    const fields = { source_addr: pdu.destination_addr, source_addr_ton: 1, source_addr_npi: 1,
                     destination_addr: pdu.source_addr, esm_class: 4, short_message: Buffer.from(text) };
    if (options.receipts === 'tlv')
        Object.assign(fields, { receipted_message_id: named, message_state: states[options.state] });
    for (let i = 0; i < (options.receipts === 'twice' ? 2 : 1); ++i)
        session.deliver_sm({ ...fields });
}

function ussdAnswer(submitter, pdu) {
    const session = receiverFor(submitter);
    if (!session || options.ussd === 'none')
        return;
    const request = pdu.ussd_service_op === 2;
    const fields = { service_type: 'USSD', source_addr: pdu.destination_addr, source_addr_ton: 1, source_addr_npi: 1,
                     destination_addr: pdu.source_addr, ussd_service_op: request ? 18 : 19,
                     short_message: Buffer.from(request ? (options.ussd === 'refuse' ? 'NO' : 'OK') : '') };
    if (options.ussd === 'busy')
        fields.network_error_code = Buffer.from([3, 0, 72]);
    else
        toTerminal(pdu.destination_addr, 2948, pushInString(Buffer.from(pdu.short_message.message)));
    if (options.echo === 'on' && pdu.its_session_info)
        fields.its_session_info = Buffer.from([pdu.its_session_info[0], pdu.its_session_info[1] + 2]);
    session.deliver_sm(fields);
}

function statusFor() {
    if (options.status && (options.fail_first === 0 || stats.submits <= options.fail_first))
        return options.status;
    if (!options.takes)
        return 0;
    return (stats.submits - 1) % Math.ceil(options.takes * 1.25) >= options.takes ? 0x58 : 0;
}

function submitted(session, pdu) {
    ++stats.submits;
    if (options.quiet !== 'on')
        say('submit', { sequence: pdu.sequence_number, number: pdu.destination_addr, esm_class: pdu.esm_class,
                        data_coding: pdu.data_coding, service_type: pdu.service_type, place: placed(pdu),
                        ussd_service_op: pdu.ussd_service_op, registered_delivery: pdu.registered_delivery,
                        payload: Buffer.from(pdu.short_message.message || '').toString('hex'), mode: session.mode });
    if (options.die_after && stats.submits >= options.die_after) {
        options.die_after = 0;
        return session.destroy();
    }
    if (options.silent !== 'off')
        return;
    const status = statusFor();
    stats.answers[status] = (stats.answers[status] || 0) + 1;
    if (status)
        return session.send(pdu.response({ command_status: status }));
    ++stats.accepted;
    if (options.quiet === 'on')
        stats.order.push(pdu.destination_addr);
    const id = ++lastId;
    const ussd = pdu.service_type === 'USSD';
    const wanted = !ussd && options.receipts !== 'none' && pdu.registered_delivery;
    if (wanted && options.receipts === 'before')
        receipt(session, pdu, id);
    session.send(pdu.response({ message_id: written(id, options.ids) }));
    if (wanted && options.receipts !== 'before')
        receipt(session, pdu, id);
    if (ussd)
        ussdAnswer(session, pdu);
    else
        deliverToTerminal(pdu);
}

function bind(session, mode, pdu) {
    const known = pdu.system_id === options.system_id;
    const status = !known ? 0x0f : pdu.password !== options.password ? 0x0e : 0;
    say('bind', { mode, system_id: pdu.system_id, interface_version: pdu.interface_version, status });
    if (!status) {
        session.mode = mode;
        sessions.add(session);
    }
    session.send(pdu.response(status ? { command_status: status } : { system_id: 'testsmsc' }));
}

const [certificate, key] = options.tls.split(',');
const secrets = options.tls ? { cert: fs.readFileSync(certificate), key: fs.readFileSync(key) } : {};
const server = smpp.createServer(secrets, (session) => {
    for (const mode of ['transceiver', 'transmitter', 'receiver'])
        session.on('bind_' + mode, (pdu) => bind(session, mode, pdu));
    session.on('submit_sm', (pdu) => submitted(session, pdu));
    session.on('enquire_link', (pdu) => {
        say('enquire_link', {});
        if (options.silent !== 'deaf')
            session.send(pdu.response());
    });
    session.on('unbind', (pdu) => {
        say('unbind', { mode: session.mode });
        session.send(pdu.response());
        session.close();
    });
    session.on('close', () => {
        sessions.delete(session);
        say('closed', { mode: session.mode });
    });
    session.on('error', (error) => say('error', { text: String(error) }));
});
server.listen(options.port, '127.0.0.1', () => say('listening', { port: server.address().port }));

readline.createInterface({ input: process.stdin }).on('line', (line) => {
    if (line === 'stats')
        return say('stats', stats);
    if (line === 'close')
        return sessions.forEach((session) => session.destroy());
    for (const [name, value] of Object.entries(JSON.parse(line)))
        change(name, String(value));
    say('changed', options);
}).on('close', () => process.exit(0));
