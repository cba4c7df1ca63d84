// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/carriercodes.h"
#include "models/sentences.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// %1 is what the error is about.
constexpr CodeText errors[] = {
    // people and devices
    {"user-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "A user needs an address such as sip:alice@lab.example.")},
    {"user-scheme", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” does not begin with sip:, sips: or tel:.")},
    {"user-without-host", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” names no host; write user@host.")},
    {"user-host", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” has a host name that cannot exist.")},
    {"user-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "A user's address may have at most 255 characters.")},
    {"user-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” holds characters that an address may not have.")},
    {"user-number", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a phone number in international form.")},
    {"user-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no user %1.")},
    {"user-not-served", QT_TRANSLATE_NOOP("reveille::Sentences", "This server does not serve the user %1.")},
    {"device-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "A device needs an identifier.")},
    {"device-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "A device identifier may have at most 255 characters.")},
    {"device-uuid", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a UUID.")},
    {"device-imei", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not an IMEI of 14 to 16 digits.")},
    {"device-imei-check-digit", QT_TRANSLATE_NOOP("reveille::Sentences", "The check digit of the IMEI “%1” is wrong.")},
    {"device-mac", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a MAC address of 12 hexadecimal digits.")},
    {"device-esn", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not an ESN of 8 hexadecimal or 11 decimal digits.")},
    {"device-rfid", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not an RFID of 24 or 32 hexadecimal digits.")},
    {"device-fingerprint", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a fingerprint such as sha-256:…")},
    {"device-urn", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a URN.")},
    {"device-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” holds characters that a device identifier may not have.")},
    {"device-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no device %1.")},
    {"device-belongs-to-other-user", QT_TRANSLATE_NOOP("reveille::Sentences", "The device %1 belongs to another user.")},
    {"device-of-other-user", QT_TRANSLATE_NOOP("reveille::Sentences", "The device %1 belongs to another user than the push is for.")},
    {"devices-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "The user has as many devices as allowed: %1.")},
    {"session-of-other-device", QT_TRANSLATE_NOOP("reveille::Sentences", "The session %1 is registered by another device.")},
    {"tls-certificate", QT_TRANSLATE_NOOP("reveille::Sentences", "The TLS certificate cannot be read or made: %1.")},
    {"tls-key", QT_TRANSLATE_NOOP("reveille::Sentences", "The TLS private key cannot be read: %1.")},
    {"tls-unsupported", QT_TRANSLATE_NOOP("reveille::Sentences", "This Qt has no TLS. Switch the TLS listeners off.")},
    {"flows-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "The device has as many connections as allowed (8): %1.")},
    {"msisdn-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "The phone number is empty.")},
    {"msisdn-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” holds characters that a phone number may not have.")},
    {"msisdn-too-short", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is too short for an international phone number.")},
    {"msisdn-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” has more than the 15 digits of a phone number.")},
    {"msisdn-national", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is a national number; begin with + and the country code.")},
    {"msisdn-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "No user has the phone number %1.")},
    {"port-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "The port is missing.")},
    {"port-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a port number.")},
    {"port-range", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a port; ports are 1 to 65535.")},
    {"address-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "The address is missing.")},
    {"address-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not an IP address.")},
    {"network-prefix", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a network such as 10.0.0.0/8.")},
    {"identity-placement", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no place for the identity; use body, header or header-value.")},
    {"sir-request-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” cannot be asked for in a SIR.")},
    // files of subscribers
    {"row-user-name-differs", QT_TRANSLATE_NOOP("reveille::Sentences", "The user has another name on line %1.")},
    {"row-password-differs", QT_TRANSLATE_NOOP("reveille::Sentences", "The user has another password on a line before.")},
    {"row-device-twice", QT_TRANSLATE_NOOP("reveille::Sentences", "The device stands on line %1 already.")},
    {"row-without-device", QT_TRANSLATE_NOOP("reveille::Sentences", "This belongs to a device, but the row names none.")},
    {"csv-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "The file is empty; its first row names the columns.")},
    {"csv-column-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no column “%1”.")},
    {"csv-column-twice", QT_TRANSLATE_NOOP("reveille::Sentences", "The column “%1” stands there twice.")},
    {"csv-column-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The column “%1” is missing.")},
    {"csv-rows-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "The file has more than %1 rows.")},
    {"csv-encoding", QT_TRANSLATE_NOOP("reveille::Sentences", "This is not UTF-8; save the file as UTF-8.")},
    {"csv-quote", QT_TRANSLATE_NOOP("reveille::Sentences", "A quotation mark stands within a cell, or something follows the closing one.")},
    {"csv-columns", QT_TRANSLATE_NOOP("reveille::Sentences", "There are more cells than columns (%1).")},
    {"csv-cell-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "A cell is longer than 8192 octets.")},
    {"csv-unterminated", QT_TRANSLATE_NOOP("reveille::Sentences", "A quotation mark is opened here and never closed.")},
    {"cell-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "At most %1 characters fit here.")},
    {"cell-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” holds control characters.")},
    {"cell-number", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a number that fits here.")},
    {"cell-flag", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is neither yes nor no.")},
    {"cell-time", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a time such as 22:00.")},
    {"application-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "No application is registered with the number %1.")},
    {"quiet-hours", QT_TRANSLATE_NOOP("reveille::Sentences", "Quiet hours need a beginning and an end.")},
    {"template-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” in braces means nothing; {00..99}, {n} and {uuid} do, and braces themselves are written twice.")},
    {"template-unclosed", QT_TRANSLATE_NOOP("reveille::Sentences", "A brace is never closed: “%1”.")},
    {"template-range", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” does not count up; write 00..99.")},
    {"template-lengths", QT_TRANSLATE_NOOP("reveille::Sentences", "The ranges of a row must count alike: “%1”.")},
    {"template-number", QT_TRANSLATE_NOOP("reveille::Sentences", "{n} needs a range such as {00..99} in the same row.")},
    {"range-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "A range may count to at most %1 rows.")},
    {"route-bearer", QT_TRANSLATE_NOOP("reveille::Sentences", "A route needs a bearer.")},
    {"route-missing-address", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” names no address; write bearer:address:port.")},
    {"route-ambiguous", QT_TRANSLATE_NOOP("reveille::Sentences", "Write the address of “%1” in angle brackets.")},
    {"route-brackets", QT_TRANSLATE_NOOP("reveille::Sentences", "The brackets of “%1” do not match.")},
    {"routes-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "A device may have at most %1 routes.")},
    {"list-brackets", QT_TRANSLATE_NOOP("reveille::Sentences", "The brackets of “%1” do not match.")},
    {"list-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "A list may have at most %1 items.")},
    {"import-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "The file is larger than %1 octets (operations/import_octets).")},
    {"import-bad-rows", QT_TRANSLATE_NOOP("reveille::Sentences", "Nothing was imported, since rows cannot be: %1.")},
    {"import-unreadable", QT_TRANSLATE_NOOP("reveille::Sentences", "The file cannot be read as a list of subscribers.")},
    {"query-flag", QT_TRANSLATE_NOOP("reveille::Sentences", "The query “%1” takes 1 or 0.")},
    {"query-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no query “%1” here.")},
    {"file-unwritable", QT_TRANSLATE_NOOP("reveille::Sentences", "The file could not be written: %1.")},
    {"file-unreadable", QT_TRANSLATE_NOOP("reveille::Sentences", "The file could not be read: %1.")},
    // saved triggers and their files
    {"bulk-file-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "The file is larger than %1 octets.")},
    {"variable-unfilled", QT_TRANSLATE_NOOP("reveille::Sentences", "Nothing stands for {{%1}} yet.")},
    {"trigger-name", QT_TRANSLATE_NOOP("reveille::Sentences", "A name has 1 to 100 characters, none of them control characters: “%1”.")},
    {"trigger-gone", QT_TRANSLATE_NOOP("reveille::Sentences", "The trigger %1 is not in the library any more.")},
    {"trigger-into-itself", QT_TRANSLATE_NOOP("reveille::Sentences", "The folder %1 cannot be moved into itself.")},
    {"triggers-format", QT_TRANSLATE_NOOP("reveille::Sentences", "This is no file of triggers; it does not say reveille-triggers.")},
    {"triggers-version", QT_TRANSLATE_NOOP("reveille::Sentences", "The file is of version %1, which this program does not know.")},
    {"triggers-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "A library holds at most %1 triggers and folders.")},
    {"triggers-too-deep", QT_TRANSLATE_NOOP("reveille::Sentences", "Folders stand too deep in folders: %1.")},
    {"json-syntax", QT_TRANSLATE_NOOP("reveille::Sentences", "This is not JSON; it goes wrong at octet %1.")},
    {"json-field-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The JSON field %1 is missing.")},
    {"json-field-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no JSON field %1.")},
    {"json-field-type", QT_TRANSLATE_NOOP("reveille::Sentences", "The JSON field %1 is of another type than it has to be.")},
    {"json-field-value", QT_TRANSLATE_NOOP("reveille::Sentences", "The JSON field %1 has a value that cannot be.")},
    {"json-field-conflict", QT_TRANSLATE_NOOP("reveille::Sentences", "The JSON field %1 excludes another one that is there.")},
    {"json-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "The JSON list %1 is too long.")},
    // pushes
    {"target-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The push does not say whom it is for.")},
    {"target-ambiguous", QT_TRANSLATE_NOOP("reveille::Sentences", "The push names more than one kind of target; name one.")},
    {"target-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "Nobody is known as %1.")},
    {"session-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no session %1.")},
    {"session-away", QT_TRANSLATE_NOOP("reveille::Sentences", "The application with the session %1 is not registered at the moment.")},
    {"body-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "The content is larger than allowed: %1.")},
    {"content-type-invalid", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not a content type such as text/plain.")},
    {"ttl-invalid", QT_TRANSLATE_NOOP("reveille::Sentences", "The time to live is not usable: %1.")},
    {"queue-full", QT_TRANSLATE_NOOP("reveille::Sentences", "Too many pushes wait already: %1.")},
    {"device-queue-full", QT_TRANSLATE_NOOP("reveille::Sentences", "Too many pushes wait for %1 already.")},
    {"push-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no push %1.")},
    {"push-finished", QT_TRANSLATE_NOOP("reveille::Sentences", "The push %1 has ended already.")},
    {"push-sending", QT_TRANSLATE_NOOP("reveille::Sentences", "The push %1 is being sent already.")},
    {"push-id-duplicate", QT_TRANSLATE_NOOP("reveille::Sentences", "The application server has used the push identifier %1 before.")},
    {"content-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The push has no content.")},
    {"capabilities-mismatch", QT_TRANSLATE_NOOP("reveille::Sentences", "No device of the recipient can do what the push assumes: %1.")},
    {"capabilities-unreadable", QT_TRANSLATE_NOOP("reveille::Sentences", "The client profile that came with the push cannot be read: %1.")},
    {"capabilities-unsupported", QT_TRANSLATE_NOOP("reveille::Sentences", "The client profile that came with the push names nothing that can be compared.")},
    {"network-required", QT_TRANSLATE_NOOP("reveille::Sentences", "The push requires the network %1, which is not served.")},
    {"bearer-required", QT_TRANSLATE_NOOP("reveille::Sentences", "The push requires the bearer %1, which is not served.")},
    {"deliver-times", QT_TRANSLATE_NOOP("reveille::Sentences", "The push may never be delivered between the times it names: %1.")},
    {"notify-url", QT_TRANSLATE_NOOP("reveille::Sentences", "Results cannot be told to “%1”, which is not an http address.")},
    {"notify-forbidden", QT_TRANSLATE_NOOP("reveille::Sentences", "Results may not be told to %1; see triggers/notify_networks.")},
    {"address-not-served", QT_TRANSLATE_NOOP("reveille::Sentences", "Nobody is configured for the push address %1; see triggers/pap_addresses.")},
    {"explanation-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "Nothing is kept any more about why the push %1 went as it did.")},
    {"network-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "Nothing was learned of the network %1.")},
    {"initiator-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no application server %1.")},
    {"initiator-name", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” cannot be the name of an application server.")},
    {"idempotency-key", QT_TRANSLATE_NOOP("reveille::Sentences", "An idempotency key has 1 to 200 visible characters.")},
    {"idempotency-under-way", QT_TRANSLATE_NOOP("reveille::Sentences", "A push with the idempotency key %1 is being taken just now.")},
    {"idempotency-mismatch", QT_TRANSLATE_NOOP("reveille::Sentences", "Another push was made with the idempotency key %1.")},
    {"initiator-target", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no pattern of addresses, like sip:*@lab.example or tel:+49*.")},
    {"initiator-targets-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "An application server can have %1 patterns of addresses at most.")},
    {"initiator-limit", QT_TRANSLATE_NOOP("reveille::Sentences", "That is no limit for an application server.")},
    {"pushes-too-fast", QT_TRANSLATE_NOOP("reveille::Sentences", "This application server pushes too fast; it may again in %1 s.")},
    {"pushes-per-day", QT_TRANSLATE_NOOP("reveille::Sentences", "This application server has used up its pushes of today; it may again in %1 s.")},
    {"misses-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "This application server named too many targets that are not there; it may again in %1 s.")},
    {"guesses-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "Too many wrong tokens came from there; wait %1 s.")},
    {"target-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "This application server may not address that user.")},
    {"initiator-exists", QT_TRANSLATE_NOOP("reveille::Sentences", "There is an application server %1 already.")},
    {"content-encoding", QT_TRANSLATE_NOOP("reveille::Sentences", "The content is in the coding %1; Web Push takes aes128gcm.")},
    {"push-resource-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "The device has no Web Push address %1.")},
    {"push-resources-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "A device can have %1 Web Push addresses at most.")},
    {"push-resource-expired", QT_TRANSLATE_NOOP("reveille::Sentences", "A Web Push address cannot end in the past: %1.")},
    {"push-resource-key", QT_TRANSLATE_NOOP("reveille::Sentences", "That is no VAPID key: base64url of a point of P-256.")},
    {"webpush-off", QT_TRANSLATE_NOOP("reveille::Sentences", "No listener for application servers is on; see [triggers].")},
    {"webpush-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no such Web Push address.")},
    {"webpush-gone", QT_TRANSLATE_NOOP("reveille::Sentences", "This Web Push address ended at %1.")},
    {"webpush-ttl", QT_TRANSLATE_NOOP("reveille::Sentences", "A push over Web Push needs one TTL in seconds.")},
    {"webpush-urgency", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no urgency: very-low, low, normal or high.")},
    {"webpush-topic", QT_TRANSLATE_NOOP("reveille::Sentences", "A topic has 1 to 32 characters of base64url.")},
    {"vapid-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "This Web Push address takes signed pushes only (VAPID).")},
    {"vapid-other-key", QT_TRANSLATE_NOOP("reveille::Sentences", "The push is signed with another key than this Web Push address takes.")},
    {"vapid-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token is too long.")},
    {"vapid-syntax", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token or its key is missing or there twice.")},
    {"vapid-key", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID key is no point of P-256.")},
    {"vapid-token", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token cannot be read.")},
    {"vapid-algorithm", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token is not signed with ES256.")},
    {"vapid-audience", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token is for another server: %1.")},
    {"vapid-expired", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token ran out at %1.")},
    {"vapid-expiry", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token must end within a day.")},
    {"vapid-subject", QT_TRANSLATE_NOOP("reveille::Sentences", "The VAPID token names no mailto: or https: contact.")},
    {"vapid-signature", QT_TRANSLATE_NOOP("reveille::Sentences", "The signature of the VAPID token is wrong.")},
    {"es256-key", QT_TRANSLATE_NOOP("reveille::Sentences", "That is no key for signatures.")},
    {"es256-signature", QT_TRANSLATE_NOOP("reveille::Sentences", "The signature is wrong.")},
    // wake-ups
    {"no-wake-route", QT_TRANSLATE_NOOP("reveille::Sentences", "No wake-up route reaches %1; add one, or configure its bearer.")},
    {"bearer-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The wake-up route names no bearer.")},
    {"bearer-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "No bearer %1 is configured.")},
    {"bearer-type", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no such type of bearer: %1.")},
    {"bearer-key", QT_TRANSLATE_NOOP("reveille::Sentences", "A bearer of this type has no such key: %1.")},
    {"bearer-value", QT_TRANSLATE_NOOP("reveille::Sentences", "A bearer has an unusable value: %1.")},
    {"bearer-cannot-reach", QT_TRANSLATE_NOOP("reveille::Sentences", "This bearer cannot reach the address: %1.")},
    {"already-connected", QT_TRANSLATE_NOOP("reveille::Sentences", "%1 is connected; there is nothing to wake.")},
    {"wake-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no wake-up %1.")},
    {"wake-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "The wake policy lets only staff wake it; see %1.")},
    {"wakes-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "%1 wake-ups wait already; try again later.")},
    {"wake-active", QT_TRANSLATE_NOOP("reveille::Sentences", "The wake-up %1 is under way; name another bearer to move it there.")},
    {"wake-finished", QT_TRANSLATE_NOOP("reveille::Sentences", "The wake-up %1 has ended already.")},
    {"network-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "The bearer may not send to %1; see its allowed_networks.")},
    {"address-not-ip", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not an IP address, which this bearer needs.")},
    {"port-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The wake-up route names no port: %1.")},
    {"port-unreachable", QT_TRANSLATE_NOOP("reveille::Sentences", "Nobody listens at %1.")},
    {"send-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "Sending failed: %1.")},
    {"bind-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "The bearer cannot use its own address: %1.")},
    {"sms-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "The wake-up needs %1 short messages, more than the bearer may send.")},
    {"ussd-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "The wake-up is too long for a USSD string: %1.")},
    {"ussd-busy", QT_TRANSLATE_NOOP("reveille::Sentences", "The terminal has another USSD dialogue: %1.")},
    {"not-connected", QT_TRANSLATE_NOOP("reveille::Sentences", "%1 is not connected.")},
    {"probe-unanswered", QT_TRANSLATE_NOOP("reveille::Sentences", "%1 did not answer.")},
    // running the server
    {"listen-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "Cannot listen: %1.")},
    {"listen-address", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is not an address to listen on.")},
    {"data-dir", QT_TRANSLATE_NOOP("reveille::Sentences", "The data folder cannot be used: %1.")},
    {"token-file", QT_TRANSLATE_NOOP("reveille::Sentences", "The operations token cannot be written: %1.")},
    {"token-file-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "The operations token is not there: %1.")},
    {"token-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "A token is needed.")},
    {"token-wrong", QT_TRANSLATE_NOOP("reveille::Sentences", "The token is wrong.")},
    {"server-stopped", QT_TRANSLATE_NOOP("reveille::Sentences", "The server is not running.")},
    {"server-stopping", QT_TRANSLATE_NOOP("reveille::Sentences", "The server is stopping.")},
    {"config-file-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no configuration file %1.")},
    {"config-file-unreadable", QT_TRANSLATE_NOOP("reveille::Sentences", "The configuration file %1 cannot be read.")},
    {"config-syntax", QT_TRANSLATE_NOOP("reveille::Sentences", "The configuration cannot be understood: %1.")},
    {"config-unknown-key", QT_TRANSLATE_NOOP("reveille::Sentences", "The configuration has an unknown key: %1.")},
    {"config-value", QT_TRANSLATE_NOOP("reveille::Sentences", "The configuration has an unusable value: %1.")},
    // the store
    {"store-full", QT_TRANSLATE_NOOP("reveille::Sentences", "The disk is full: %1.")},
    {"store-locked", QT_TRANSLATE_NOOP("reveille::Sentences", "Another program holds the database: %1.")},
    {"store-corrupt", QT_TRANSLATE_NOOP("reveille::Sentences", "The database is damaged: %1.")},
    {"store-read-only", QT_TRANSLATE_NOOP("reveille::Sentences", "The database cannot be written: %1.")},
    {"store-missing-folder", QT_TRANSLATE_NOOP("reveille::Sentences", "The folder of the database is not there: %1.")},
    {"store-missing-file", QT_TRANSLATE_NOOP("reveille::Sentences", "There is no database yet: %1.")},
    {"store-foreign", QT_TRANSLATE_NOOP("reveille::Sentences", "This file is not a database of Reveille: %1.")},
    {"store-newer", QT_TRANSLATE_NOOP("reveille::Sentences", "The database was made by a newer version of Reveille: %1.")},
    {"store-older", QT_TRANSLATE_NOOP("reveille::Sentences", "The database was made by an older version; start the server once: %1.")},
    {"store-cancelled", QT_TRANSLATE_NOOP("reveille::Sentences", "Reading was cancelled.")},
    {"store-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "The database does not work: %1.")},
    {"store-closed", QT_TRANSLATE_NOOP("reveille::Sentences", "The database is closed.")},
    // the outside interfaces
    {"not-found", QT_TRANSLATE_NOOP("reveille::Sentences", "There is nothing at %1.")},
    {"method-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "%1 is not possible here.")},
    {"media-type", QT_TRANSLATE_NOOP("reveille::Sentences", "The content type %1 is not understood here.")},
    {"json-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "The JSON text is too long.")},
    {"query-kind", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no kind of journal row.")},
    {"query-limit", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no limit; use 1 to 1000.")},
    {"query-time", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no time; use ISO 8601.")},
    {"query-after", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no journal row.")},
    {"query-cursor", QT_TRANSLATE_NOOP("reveille::Sentences", "“%1” is no place to go on from.")},
    {"connections-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "There are too many connections.")},
    {"streams-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "Too many are watching already.")},
    {"request-timeout", QT_TRANSLATE_NOOP("reveille::Sentences", "The request came too slowly.")},
    {"terminal-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "Nobody knows the terminal %1.")},
    {"terminal-device", QT_TRANSLATE_NOOP("reveille::Sentences", "The device identity %1 cannot be read.")},
    {"terminal-user", QT_TRANSLATE_NOOP("reveille::Sentences", "The user %1 cannot be read.")},
    {"credentials", QT_TRANSLATE_NOOP("reveille::Sentences", "The user name or the password is wrong: %1.")},
    {"closed", QT_TRANSLATE_NOOP("reveille::Sentences", "The connection was closed: %1.")},
};

/// What cannot be read, by the first part of its code.
constexpr CodeText unreadable[] = {
    {"sir", QT_TRANSLATE_NOOP("reveille::Sentences", "The SIR cannot be read (%1).")},
    {"wsp", QT_TRANSLATE_NOOP("reveille::Sentences", "The WSP push cannot be read (%1).")},
    {"sip", QT_TRANSLATE_NOOP("reveille::Sentences", "The SIP message cannot be read (%1).")},
    {"http", QT_TRANSLATE_NOOP("reveille::Sentences", "The HTTP message cannot be read (%1).")},
    {"coap", QT_TRANSLATE_NOOP("reveille::Sentences", "The CoAP message cannot be read (%1).")},
    {"stun", QT_TRANSLATE_NOOP("reveille::Sentences", "The STUN message cannot be read (%1).")},
    {"json", QT_TRANSLATE_NOOP("reveille::Sentences", "The JSON text cannot be read (%1).")},
    {"ota", QT_TRANSLATE_NOOP("reveille::Sentences", "The OTA-HTTP message cannot be read (%1).")},
    {"sms", QT_TRANSLATE_NOOP("reveille::Sentences", "The short message cannot be read (%1).")},
    {"smpp", QT_TRANSLATE_NOOP("reveille::Sentences", "The SMPP message cannot be read or written (%1).")},
    {"ussd", QT_TRANSLATE_NOOP("reveille::Sentences", "The USSD string cannot be read (%1).")},
    {"pap", QT_TRANSLATE_NOOP("reveille::Sentences", "The PAP document cannot be read (%1).")},
    {"multipart", QT_TRANSLATE_NOOP("reveille::Sentences", "The multipart message cannot be read (%1).")},
    {"media", QT_TRANSLATE_NOOP("reveille::Sentences", "The content type cannot be read (%1).")},
    {"returned", QT_TRANSLATE_NOOP("reveille::Sentences", "What the device returned cannot be read (%1).")},
};

/// Without its place for %1 where there is nothing to put there.
QString withAbout(QString text, const QString &about)
{
    if (!about.isEmpty())
        return text.replace(u"%1"_s, about);
    text.replace(u"“%1”"_s, u"…"_s);
    for (const QString &place : {u": %1"_s, u" %1"_s, u"%1 "_s, u"%1"_s})
        text.remove(place);
    return text;
}

} // namespace

QStringList Sentences::errorCodes()
{
    return codesOf(errors) + codesOf(carrierErrors());
}

QString Sentences::error(const Error &error)
{
    const QString code = QString::fromLatin1(error.code);
    if (code.isEmpty())
        return {};
    for (const std::span<const CodeText> table : {std::span<const CodeText>(errors), carrierErrors()}) {
        if (const QString text = textOf(table, code); !text.isEmpty())
            return withAbout(text, error.about);
    }
    const QString prefix = code.section(u'-', 0, 0);
    const QString about = error.about.isEmpty() ? code : code + u": "_s + error.about;
    if (const QString text = textOf(unreadable, prefix); prefix != code && !text.isEmpty())
        return withAbout(text, about);
    return about;
}

} // namespace reveille
