//! What a component would cost to compile, read from its bytes before anything is.
//!
//! Compilation has neither fuel nor a deadline, so what goes into it is bounded instead, by [`Limits`]. The figures below were
//! measured of modules full of one thing each, in a release build of the engine: a unit is about a microsecond of one core.

use crate::fault::contract;
use crate::limits::Limits;
use turnabout_core::ports::PluginFault;
use wasmparser::{BinaryReaderError, BlockType, CompositeInnerType, FunctionBody, Operator, Parser, Payload};

/// A function, however small, and a type of functions, which may need a bridge from the host.
const FUNCTION: usize = 60;
/// A byte of code.
const BYTE: usize = 1;
/// A block, or a jump.
const BLOCK: usize = 40;
/// A loop looks at the fuel and the deadline every time round.
const LOOP: usize = 300;
/// So many locals cost a unit at every block: which of them live on is asked at each.
const LOCALS_KEPT: usize = 8;
/// A call with what it passes.
const CALL: usize = 40;
/// A call through a table, with the checks around it.
const CALL_INDIRECT: usize = 250;
/// Arithmetic with fractions, whose result is made the same on every machine.
const FRACTION: usize = 12;
/// Arithmetic with vectors.
const VECTOR: usize = 15;
/// Access to a table or to what a memory is, some of which goes through the host.
const TABLE: usize = 100;

/// Code, counted over a component and everything nested in it.
#[derive(Debug, Default)]
struct Weight {
    bytes: usize,
    functions: usize,
    cost: usize,
}

/// Counted in one function.
#[derive(Debug, Default)]
struct Body {
    cost: usize,
    /// Blocks, loops, jumps and calls.
    jumps: usize,
    loops: usize,
    wide_blocks: usize,
}

/// Refuses a component whose compilation could take long. One that can't be read to its end is judged as far as it can be: the
/// compiler reads it in the same way, and says what is wrong with it.
pub(crate) fn bearable(component: &[u8], limits: &Limits) -> Result<(), PluginFault> {
    let mut weight = Weight::default();
    for payload in Parser::new(0).parse_all(component) {
        match payload {
            Ok(Payload::TypeSection(types)) => {
                for group in types {
                    let Ok(group) = group else { return Ok(()) };
                    for one in group.types() {
                        weight.cost = weight.cost.saturating_add(FUNCTION);
                        if let CompositeInnerType::Func(function) = &one.composite_type.inner {
                            let (takes, gives) = (function.params().len(), function.results().len());
                            within(takes, limits.function_parameters, "parameters in one function type")?;
                            within(gives, limits.function_results, "results in one function type")?;
                        }
                    }
                }
            }
            Ok(Payload::ComponentCanonicalSection(functions)) => {
                weight.cost = weight.cost.saturating_add(functions.count() as usize * FUNCTION);
            }
            Ok(Payload::CodeSectionEntry(body)) => weight.function(&body, limits)?,
            Ok(_) => {}
            Err(_) => return Ok(()),
        }
        within(weight.cost, limits.code_cost, "units of work for the compiler")?;
    }
    Ok(())
}

impl Weight {
    fn function(&mut self, body: &FunctionBody<'_>, limits: &Limits) -> Result<(), PluginFault> {
        let bytes = body.range().len();
        self.bytes = self.bytes.saturating_add(bytes);
        self.functions = self.functions.saturating_add(1);
        within(self.bytes, limits.code_bytes, "bytes of code")?;
        within(self.functions, limits.functions, "functions")?;
        within(bytes, limits.function_bytes, "bytes of code in one function")?;
        // A body that can't be read is refused by the compiler.
        let Ok(locals) = locals(body) else { return Ok(()) };
        within(locals, limits.function_locals, "locals in one function")?;
        let Ok(counted) = Body::read(body) else { return Ok(()) };
        within(counted.loops, limits.function_loops, "loops in one function")?;
        within(
            counted.wide_blocks,
            limits.function_wide_blocks,
            "blocks that take values or give several in one function",
        )?;
        let kept = counted.jumps.saturating_mul(locals) / LOCALS_KEPT;
        let cost = [counted.cost, bytes.saturating_mul(BYTE), FUNCTION].into_iter().fold(kept, usize::saturating_add);
        within(cost, limits.function_cost, "units of work for the compiler in one function")?;
        self.cost = self.cost.saturating_add(cost);
        Ok(())
    }
}

fn locals(body: &FunctionBody<'_>) -> Result<usize, BinaryReaderError> {
    body.get_locals_reader()?.into_iter().try_fold(0_usize, |sum, group| Ok(sum.saturating_add(group?.0 as usize)))
}

impl Body {
    fn read(body: &FunctionBody<'_>) -> Result<Self, BinaryReaderError> {
        let mut counted = Self::default();
        let mut reader = body.get_operators_reader()?;
        let (code, start) = (body.as_bytes(), body.range().start);
        while !reader.eof() {
            let opcode = code.get(reader.original_position() - start);
            let cost = match reader.read()? {
                Operator::Block { blockty } | Operator::If { blockty } => {
                    counted.wide_blocks += usize::from(is_wide(blockty));
                    BLOCK
                }
                Operator::Loop { blockty } => {
                    counted.wide_blocks += usize::from(is_wide(blockty));
                    counted.loops += 1;
                    LOOP
                }
                Operator::BrTable { targets } => BLOCK.saturating_add(2 * targets.len() as usize),
                Operator::Else | Operator::Br { .. } | Operator::BrIf { .. } | Operator::Return => BLOCK,
                Operator::Call { .. }
                | Operator::ReturnCall { .. }
                | Operator::MemoryGrow { .. }
                | Operator::MemoryCopy { .. }
                | Operator::MemoryFill { .. }
                | Operator::MemoryInit { .. } => CALL,
                Operator::CallIndirect { .. } | Operator::ReturnCallIndirect { .. } => CALL_INDIRECT,
                Operator::TableGet { .. }
                | Operator::TableSet { .. }
                | Operator::TableGrow { .. }
                | Operator::TableFill { .. }
                | Operator::TableCopy { .. }
                | Operator::TableInit { .. } => TABLE,
                // As the specification numbers them: what is left is cheap, but for what counts in these ranges.
                _ => match opcode {
                    Some(0x8b..=0xbf) => FRACTION,
                    Some(0xfd) => VECTOR,
                    _ => 0,
                },
            };
            counted.jumps += usize::from(cost == BLOCK || cost == LOOP);
            counted.cost = counted.cost.saturating_add(cost);
        }
        Ok(counted)
    }
}

/// A block with a type of its own, as no compiler of a plugin's language writes it.
fn is_wide(block: BlockType) -> bool {
    matches!(block, BlockType::FuncType(_))
}

fn within(has: usize, most: usize, what: &str) -> Result<(), PluginFault> {
    if has > most {
        return Err(contract(format!(
            "it would take too long to compile: it has {has} {what}, and {most} are allowed"
        )));
    }
    Ok(())
}
