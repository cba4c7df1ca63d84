// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

namespace reveille {

/// Bounds of a session description.
namespace SdpLimit {
inline constexpr qsizetype octets = 16384;
inline constexpr qsizetype lines = 128;
inline constexpr qsizetype types = 64; ///< in accept-types
} // namespace SdpLimit

enum class SdpSetup : quint8 { None, Active, Passive, ActPass, HoldConn };            ///< RFC 4145
enum class SdpDirection : quint8 { SendRecv, SendOnly, RecvOnly, Inactive }; ///< RFC 4566 section 6

/// An offer or an answer with one MSRP stream and nothing else (RFC 4566, 4975 section 8, 4145, 6135, 4572).
/// Any thread.
struct SdpMsrp {
    quint64 version = 1;     ///< of o=, which also names the session with `id`
    quint64 id = 1;
    QByteArray host;         ///< of o= and c=, an address or a name, IPv6 without brackets
    quint16 port = 0;        ///< 0 = refused
    bool secure = false;     ///< TCP/TLS/MSRP
    QByteArrayList path;     ///< URIs, each readable by MsrpUri
    QByteArrayList acceptTypes{"*"};
    qint64 maxSize = 0;      ///< 0 = not given
    SdpSetup setup = SdpSetup::None;
    SdpDirection direction = SdpDirection::SendRecv;
    QByteArray fingerprint;  ///< of the certificate: "SHA-256 AB:CD:…"

    /// Lines may end in CR LF or LF. Unknown lines and attributes are passed over. Errors: sdp-too-long, sdp-line,
    /// sdp-version, sdp-origin, sdp-address, sdp-media-count (not exactly one m=), sdp-media (not MSRP over TCP),
    /// sdp-port, sdp-path (missing unless refused, or repeated), sdp-types, sdp-size, sdp-setup, and those of MsrpUri.
    static Result<SdpMsrp> parse(QByteArrayView text);
    QByteArray bytes() const;

    /// Whether content of this type is taken: exactly, by "type/*" or by "*"; parameters do not count.
    bool accepts(QByteArrayView contentType) const;
    friend bool operator==(const SdpMsrp &, const SdpMsrp &) = default;
};

/// The role an answerer takes, by what was offered (RFC 4145 section 4.1; RFC 4975: an offerer that says nothing
/// connects): to passive active, to active passive, to actpass the one it prefers.
SdpSetup sdpAnswerTo(SdpSetup offered, SdpSetup preferred);

} // namespace reveille
