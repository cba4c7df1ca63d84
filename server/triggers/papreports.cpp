// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/papreports.h"

#include "wire/papstatus.h"

namespace reveille {

namespace {

/// Which addresses a message asks for, and which of them there are.
class AddressSieve {
public:
    explicit AddressSieve(const QStringList &asked)
        : m_asked(asked)
    {
    }
    bool takes(const QString &address)
    {
        m_known.append(address);
        return m_asked.isEmpty() || m_asked.contains(address);
    }
    QStringList of(const QStringList &addresses)
    {
        QStringList some;
        for (const QString &address : addresses) {
            if (takes(address))
                some.append(address);
        }
        return some;
    }
    QStringList unknown() const
    {
        QStringList rest;
        for (const QString &address : m_asked) {
            if (!m_known.contains(address))
                rest.append(address);
        }
        return rest;
    }

private:
    const QStringList &m_asked;
    QStringList m_known;
};

void add(QVector<PapCancelResult> &results, int code, const QStringList &addresses)
{
    if (addresses.isEmpty())
        return;
    for (PapCancelResult &result : results) {
        if (result.code == code) {
            result.addresses += addresses;
            return;
        }
    }
    results.append({code, papStatusText(code), addresses});
}

PapStatusQueryResult result(PapMessageState state, int code, Timestamp time, const QStringList &addresses,
                            const std::optional<PapQualityOfService> &quality = {})
{
    const int told = papCodeAt(PapPlace::StatusQueryResult, code);
    return {time, state, told, papStatusText(told), addresses, quality};
}

} // namespace

PapCancelResponse papCancelled(const PapCancelMessage &message, const QVector<Push> &pushes,
                               const std::function<bool(const PushId &)> &cancel)
{
    PapCancelResponse response{message.pushId, {}};
    if (pushes.isEmpty()) {
        response.results = {{PapCode::pushIdNotFound, papStatusText(PapCode::pushIdNotFound), message.addresses}};
        return response;
    }
    AddressSieve sieve(message.addresses);
    for (const Push &push : pushes) {
        const PapTerms terms = PapTerms::fromBytes(push.request.terms);
        // What goes to one user under several addresses cannot be called back from some of them.
        const QStringList named = sieve.of(terms.addresses());
        const bool isWhole = !named.isEmpty() && named.size() == terms.addresses().size();
        add(response.results, isWhole && cancel(push.id) ? PapCode::ok : PapCode::cancellationNotPossible, named);
        for (const PapTerms::Refused &refused : terms.refused)
            add(response.results, PapCode::cancellationNotPossible, sieve.of({refused.address}));
    }
    add(response.results, PapCode::addressNotFound, sieve.unknown());
    return response;
}

PapStatusQueryResponse papStatusOf(const PapStatusQuery &message, const QVector<Push> &pushes,
                                   const std::function<std::optional<Explanation>(const PushId &)> &why)
{
    PapStatusQueryResponse response{message.pushId, {}};
    if (pushes.isEmpty()) {
        response.results = {result(PapMessageState::Unknown, PapCode::pushIdNotFound, {}, message.addresses)};
        return response;
    }
    AddressSieve sieve(message.addresses);
    for (const Push &push : pushes) {
        const PapTerms terms = PapTerms::fromBytes(push.request.terms);
        if (const QStringList named = sieve.of(terms.addresses()); !named.isEmpty()) {
            const PapOutcome outcome = papOutcome(push, terms, why(push.id));
            PapStatusQueryResult stands = result(outcome.state, outcome.code, outcome.time, named, outcome.quality);
            if (!outcome.confirmed.isEmpty())
                stands.desc = outcome.confirmed;
            response.results.append(stands);
        }
        for (const PapTerms::Refused &refused : terms.refused) {
            if (sieve.takes(refused.address))
                response.results.append(result(PapMessageState::Rejected, refused.code, push.acceptedAt, {refused.address}));
        }
    }
    for (const QString &address : sieve.unknown())
        response.results.append(result(PapMessageState::Unknown, PapCode::addressNotFound, {}, {address}));
    return response;
}

} // namespace reveille
