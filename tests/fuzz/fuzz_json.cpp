// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/jsondevice.h"
#include "wire/jsonpush.h"
#include "wire/jsonwake.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// What a client may send back of what the server shows of a device.
QJsonObject provisionable(const Device &device)
{
    QJsonObject object = toJson(device);
    for (const QString &field : {u"gruu"_s, u"created_at"_s, u"last_seen"_s, u"returned"_s})
        object.remove(field);
    return object;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const Result<QJsonObject> object = parseJsonObject(fuzzOctets(data, size));
    if (!object)
        return 0;
    if (const Result<PushRequest> push = pushRequestFromJson(*object)) {
        const Result<PushRequest> again = pushRequestFromJson(toJson(*push));
        FUZZ_CHECK(again.ok() && *again == *push);
    }
    (void)sessionPushFromJson(u"s"_s, *object);
    if (const Result<WakeOrder> order = wakeOrderFromJson(*object)) {
        const Result<WakeOrder> again = wakeOrderFromJson(toJson(*order));
        FUZZ_CHECK(again.ok() && *again == *order);
    }
    Device base;
    base.id = DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6").valueOr({});
    if (const Result<Device> device = deviceFromJson(*object, base)) {
        const Result<Device> again = deviceFromJson(provisionable(*device), base);
        FUZZ_CHECK(again.ok() && *again == *device);
    }
    (void)userOrderFromJson(*object);
    (void)initiatorOrderFromJson(*object);
    (void)initiatorRightsFromJson(*object, {});
    return 0;
}
