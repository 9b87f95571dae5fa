//! Addresses of TCP sockets, as the kernel takes them.

use core::net::SocketAddr;

/// `struct sockaddr_in` or `sockaddr_in6`: the family, the port in the network's order, the rest. What rustix has for it can
/// fail, and would bring the code that prints how.
#[repr(C, align(4))]
pub(in crate::sys) struct Address([u8; Address::SIZE]);

impl Address {
    /// The families of addresses.
    const INET: u8 = 2;
    pub(in crate::sys) const INET6: u8 = if cfg!(target_os = "macos") { 30 } else { 10 };

    /// The larger one's bytes.
    pub(in crate::sys) const SIZE: usize = 28;

    /// That of nobody.
    pub(in crate::sys) const NONE: Address = Address([0; Address::SIZE]);

    /// The address, its family and its length.
    pub(in crate::sys) fn new(address: &SocketAddr) -> (Address, usize, usize) {
        let [high, low] = address.port().to_be_bytes();
        let mut bytes = [0; Address::SIZE];
        bytes[2] = high;
        bytes[3] = low;
        let (family, length) = match address {
            SocketAddr::V4(address) => {
                bytes[4..8].copy_from_slice(&address.ip().octets());
                (Address::INET, 16)
            }
            SocketAddr::V6(address) => {
                bytes[8..24].copy_from_slice(&address.ip().octets());
                bytes[24..28].copy_from_slice(&address.scope_id().to_le_bytes());
                (Address::INET6, 28)
            }
        };
        if cfg!(target_os = "macos") {
            (bytes[0], bytes[1]) = (length as u8, family);
        } else {
            // In the machine's order.
            bytes[0] = family;
        }
        (Address(bytes), usize::from(family), length)
    }

    /// Its port.
    pub(in crate::sys) fn port(&self) -> u16 {
        u16::from_be_bytes([self.0[2], self.0[3]])
    }

    /// Where it begins, as system calls take it.
    pub(in crate::sys) fn as_ptr(&self) -> *const u8 {
        self.0.as_ptr()
    }

    /// The same, to be written.
    pub(in crate::sys) fn as_mut_ptr(&mut self) -> *mut u8 {
        self.0.as_mut_ptr()
    }
}
