// SPDX-License-Identifier: GPL-3.0-or-later
// An application server on the npm package web-push, and the application at the other end that can read what it sends.
// Usage: NODE_PATH=… node webpush.js COMMAND…
//   keys FILE                            keys of an application server and of an application, into FILE
//   send KEYS ENDPOINT TEXT [OPTIONS]    encrypts and sends; OPTIONS is JSON for the package, "unsigned" and "signer" (another
//                                        KEYS) are ours. Prints the status and the fields of the answer as JSON
//   decrypt KEYS BASE64                  what was encrypted for KEYS, as text
'use strict';
const webPush = require('web-push'), ece = require('http_ece'), crypto = require('crypto'), fs = require('fs');
const [, , command, file, ...rest] = process.argv;

const url = octets => octets.toString('base64url');
const read = path => JSON.parse(fs.readFileSync(path, 'utf8'));

function makeKeys() {
    const application = crypto.createECDH('prime256v1');
    application.generateKeys();
    fs.writeFileSync(file, JSON.stringify({
        vapid: webPush.generateVAPIDKeys(),
        keys: { p256dh: url(application.getPublicKey()), auth: url(crypto.randomBytes(16)) },
        secret: url(application.getPrivateKey())
    }));
}

async function send([endpoint, text, json]) {
    const own = read(file), { unsigned, signer, ...options } = JSON.parse(json || '{}');
    const vapid = (signer ? read(signer) : own).vapid;
    if (!unsigned)
        options.vapidDetails = { subject: 'mailto:ops@shop.example', ...vapid };
    options.timeout = 20000;
    const answer = await webPush.sendNotification({ endpoint, keys: own.keys }, text, options).catch(error => error);
    if (!answer.statusCode)
        throw answer;
    console.log(JSON.stringify({ status: answer.statusCode, headers: answer.headers }));
}

function decrypt([base64]) {
    const own = read(file), privateKey = crypto.createECDH('prime256v1');
    privateKey.setPrivateKey(own.secret, 'base64url');
    process.stdout.write(ece.decrypt(Buffer.from(base64, 'base64'), { version: 'aes128gcm', privateKey, authSecret: own.keys.auth }));
}

if (command === 'keys')
    makeKeys();
else if (command === 'send')
    send(rest).catch(error => { console.error(error); process.exitCode = 1; });
else if (command === 'decrypt')
    decrypt(rest);
else
    process.exitCode = 2;
